#include "cli/commands/completion_values.hpp"

#include "cli/spec/spec.hpp"

#include <doctest/doctest.h>

using namespace azid;

TEST_CASE("every kind of value that an option names can be completed") {
    for (const spec::Command* command : spec::commands())
        for (const spec::Option& option : command->options) {
            if (option.completes.empty()) continue;
            CAPTURE(command->name);
            CAPTURE(option.names);
            CHECK(commands::is_completion_kind(option.completes));
        }
}
