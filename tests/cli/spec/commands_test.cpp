#include "cli/spec/check.hpp"
#include "cli/spec/spec.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace azid;

TEST_CASE("every command table is sound") {
    for (const spec::Command* command : spec::commands()) {
        CAPTURE(command->name);
        CHECK(spec::fault_of(*command) == "");
    }
}

TEST_CASE("no two commands share a name, and a command is no group") {
    std::set<std::string_view> names;
    for (const spec::Group& group : spec::groups()) names.insert(group.name);
    for (const spec::Command* command : spec::commands()) {
        CAPTURE(command->name);
        CHECK(names.insert(command->name).second);
    }
}

TEST_CASE("every group of a command has a summary") {
    std::set<std::string_view> groups;
    for (const spec::Group& group : spec::groups()) {
        groups.insert(group.name);
        CAPTURE(group.name);
        CHECK(group.summary.ends_with('.'));
    }
    for (const spec::Command* command : spec::commands()) {
        CAPTURE(command->name);
        for (std::size_t blank = command->name.find(' '); blank != std::string_view::npos;
             blank = command->name.find(' ', blank + 1))
            CHECK(groups.contains(command->name.substr(0, blank)));
    }
}

TEST_CASE("a command is found whatever the case of its name") {
    REQUIRE(spec::find_command("VERSION") != nullptr);
    CHECK(spec::find_command("VERSION")->name == "version");
    CHECK(spec::find_command("versio") == nullptr);
}
