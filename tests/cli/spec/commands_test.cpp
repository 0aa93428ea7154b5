#include "cli/spec/check.hpp"
#include "cli/spec/spec.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace azid;

namespace {

std::string upper(std::string_view text) {
    std::string changed(text);
    for (char& c : changed)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return changed;
}

}  // namespace

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

TEST_CASE("every command is found by its name, whatever its case") {
    for (const spec::Command* command : spec::commands()) {
        CAPTURE(command->name);
        CHECK(spec::find_command(command->name) == command);
        CHECK(spec::find_command(upper(command->name)) == command);
    }
    CHECK(spec::find_command("versio") == nullptr);
    CHECK(spec::find_command("version x") == nullptr);
    CHECK(spec::find_command(" version") == nullptr);
    CHECK(spec::find_command("vm no-such") == nullptr);
    CHECK(spec::find_command("") == nullptr);
}

TEST_CASE("a group is known by its name, whatever its case, and is no command") {
    for (const spec::Command* command : spec::commands()) {
        CAPTURE(command->name);
        CHECK_FALSE(spec::is_group(command->name));
        const std::size_t blank = command->name.rfind(' ');
        if (blank == std::string_view::npos) continue;
        const std::string_view group = command->name.substr(0, blank);
        CHECK(spec::is_group(group));
        CHECK(spec::is_group(upper(group)));
        CHECK(spec::find_command(group) == nullptr);
        CHECK_FALSE(spec::is_group(group.substr(0, group.size() - 1)));
    }
    CHECK(spec::is_group(""));
    CHECK_FALSE(spec::is_group("no-such"));
}

TEST_CASE("a command has all that its table says of it") {
    const spec::Command& create = *spec::find_command("vm create");
    CHECK(create.summary.ends_with('.'));
    CHECK((create.check != nullptr));
    CHECK((create.then == nullptr));
    CHECK_FALSE(create.reads);
    const spec::Command& rest = *spec::find_command("rest");
    CHECK((rest.then != nullptr));
    CHECK((rest.check == nullptr));
    const spec::Command& list = *spec::find_command("webapp list");
    CHECK((list.tabulate != nullptr));
    CHECK(list.reads);
    CHECK(spec::find_command("vm list-sizes")->stage == spec::Stage::deprecated);
    CHECK(spec::find_command("state reset")->confirm.starts_with("All that"));
    const auto& examples = spec::find_command("identity list")->examples;
    REQUIRE(examples.size() == 2);
    CHECK(examples.back().title == "Those of one group");
    CHECK(examples.back().line == "azid identity list -g rg");
}

TEST_CASE("a text is equal to what has the same characters and no more") {
    const spec::Text text = "name";
    const std::string same = "name";
    CHECK(text == spec::Text("name"));
    CHECK(text == std::string_view(same));
    CHECK_FALSE(text == spec::Text("names"));
    CHECK_FALSE(spec::Text("names") == text);
    CHECK_FALSE(text == std::string_view("nam"));
    CHECK_FALSE(text == std::string_view("names"));
    CHECK_FALSE(text == std::string_view("name\0", 5));
    CHECK(spec::Text() == "");
    CHECK_FALSE(spec::Text() == text);
}
