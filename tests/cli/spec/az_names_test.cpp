#include "cli/spec/az_names.hpp"
#include "cli/spec/spec.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

using namespace azid;
using spec::AzName;

TEST_CASE("az's names are known as groups and commands") {
    CHECK(spec::az_name("vm") == AzName::group);
    CHECK(spec::az_name("vm identity") == AzName::group);
    CHECK(spec::az_name("vm identity assign") == AzName::command);
    CHECK(spec::az_name("version") == AzName::command);
    CHECK(spec::az_name("version x") == AzName::unknown);
    CHECK(spec::az_name("ssh") == AzName::unknown);
    CHECK(spec::az_name("role deny-assignment") == AzName::unknown);
}

TEST_CASE("a group's children are listed, the usual verbs spelled out") {
    std::vector<std::string> children = spec::az_children("vm identity");
    std::sort(children.begin(), children.end());
    CHECK(children == std::vector<std::string>{"assign", "remove", "show"});
    CHECK(spec::az_children("nothing of the kind").empty());
    CHECK(spec::az_children("").size() > 90);
}

TEST_CASE("a command is marked as azid's own exactly where az has none of its name") {
    for (const spec::Command* command : spec::commands()) {
        CAPTURE(command->name);
        CHECK(command->own == (spec::az_name(command->name) == AzName::unknown));
    }
}

TEST_CASE("all command names of the contract are known") {
    std::ifstream file(AZID_SHARED_DIR "/az-contract/all_command_names.json");
    if (!file) {
        MESSAGE("skipped: the contract is not here");
        return;
    }
    std::size_t unknown = 0;
    for (const Json& name : Json::parse(file))
        if (spec::az_name(name.get<std::string>()) != AzName::command) ++unknown;
    CHECK(unknown == 0);
}
