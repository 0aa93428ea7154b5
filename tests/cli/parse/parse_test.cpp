#include "cli/parse/parse.hpp"

#include "core/base/error.hpp"

#include <doctest/doctest.h>

using namespace azid;

namespace {

using Words = std::vector<std::string>;

parse::Parsed parsed(const Words& argv, const parse::Outside& outside = {}) {
    return parse::parse(argv, outside);
}

// The error of a command line; a message of its own where there was none.
Error failure(const Words& argv) {
    try {
        parse::parse(argv, {});
    } catch (const Error& error) {
        return error;
    }
    return Error({"", 0, 0}, "(nothing was refused)");
}

std::string refusal(const Words& argv) { return failure(argv).message(); }

}  // namespace

TEST_CASE("all the ways to write an option mean the same") {
    for (const Words& argv : {Words{"group", "create", "--name", "x", "--location", "eastus"},
                              {"group", "create", "--name=x", "--location=eastus"},
                              {"group", "create", "-n", "x", "-l", "eastus"},
                              {"group", "create", "-n=x", "-l=eastus"},
                              {"group", "create", "-nx", "-leastus"},
                              {"group", "create", "--na", "x", "--loc", "eastus"},
                              {"GROUP", "Create", "--n=y", "--na=x", "--loc=westus", "-l", "eastus"}}) {
        const parse::Parsed result = parsed(argv);
        CHECK(result.command->name == "group create");
        CHECK(result.args.text("rg_name") == "x");
        CHECK(result.args.text("location") == "eastus");
        CHECK(result.args.typed("location"));
    }
}

TEST_CASE("empty values are accepted") {
    CHECK(parsed({"group", "create", "--name=", "-l", ""}).args.value("rg_name") == "");
    CHECK(parsed({"group", "create", "--name=", "-l", ""}).args.value("location") == "");
    CHECK(parsed({"group", "create", "-n=x", "-l", "y", "--tags", ""}).args.list("tags") == Words{""});
}

TEST_CASE("a list takes all values up to the next option, and its last occurrence counts") {
    const parse::Parsed result = parsed(
        {"group", "create", "--tags", "a=1", "b=2", "-n", "x", "--tags", "c=3", "-5", "- d", "-l", "y"});
    CHECK(result.args.list("tags") == Words{"c=3", "-5", "- d"});
    CHECK(parsed({"group", "create", "-n", "x", "-l", "y", "--tags"}).args.given("tags"));
    CHECK(parsed({"group", "create", "-n", "x", "-l", "y", "--tags"}).args.list("tags").empty());
    CHECK_FALSE(parsed({"group", "create", "-n", "x", "-l", "y"}).args.given("tags"));
}

TEST_CASE("a value that looks like CLI11's own syntax stays as it is") {
    for (const std::string value :
         {"[a,b]", "{}", "a,b", "%%", "\"x\"", ":", "++", "-", "\xff\xfe", "a\nb"}) {
        CAPTURE(value);
        CHECK(parsed({"group", "create", "-n", value, "-l", "y", "--tags", value, value})
                  .args.text("rg_name") == value);
        CHECK(parsed({"group", "create", "-n", value, "-l", "y", "--tags", value, value}).args.list("tags") ==
              Words{value, value});
    }
}

TEST_CASE("flags may be written together") {
    const parse::Parsed result = parsed({"group", "delete", "-yn", "x"});
    CHECK(result.args.flag("yes"));
    CHECK(result.args.text("resource_group_name") == "x");
    CHECK(refusal({"group", "delete", "-n", "x", "--yes=no"}) ==
          "argument --yes/-y: ignored explicit argument 'no'");
}

TEST_CASE("missing arguments are named together, in the order of the table") {
    CHECK(refusal({"group", "create"}) ==
          "the following arguments are required: --name/--resource-group/-n/-g, --location/-l");
    CHECK(refusal({"group"}) == "the following arguments are required: _subcommand");
    CHECK(refusal({"--bogus"}) == "the following arguments are required: _command_package");
    CHECK(refusal({"group", "create", "-n", "x", "-l"}) == "argument --location/-l: expected one argument");
    CHECK(refusal({"group", "create", "-n", "-l", "x"}) ==
          "argument --name/--resource-group/-n/-g: expected one argument");
}

TEST_CASE("what nobody takes is named whole") {
    CHECK(refusal({"group", "list", "--bogus=1", "extra", "--x"}) ==
          "unrecognized arguments: --bogus=1 extra --x");
    CHECK(refusal({"group", "list", "--", "y"}) == "unrecognized arguments: -- y");
    CHECK(failure({"group", "list", "x"}).fault().exit_code == 2);
}

TEST_CASE("an ambiguous prefix names all it could mean, and azid's own options take no part") {
    CHECK(refusal({"group", "list", "--o", "json"}) ==
          "ambiguous option: --o could match --only-show-errors, --output");
    CHECK(refusal({"group", "create", "-n", "x", "-l", "y", "--sub"}) ==
          "argument --subscription: expected one argument");
    CHECK(parsed({"group", "list", "--s", "y"}).args.text("_subscription") == "y");
    CHECK(parsed({"group", "list", "--state", "y"}).globals.state == "y");
    CHECK(refusal({"group", "list", "--stat", "y"}) == "unrecognized arguments: --stat y");
}

TEST_CASE("choices are compared without case and offered when wrong") {
    CHECK(parsed({"group", "list", "-o", "JSON"}).globals.output == "json");
    const Error error = failure({"group", "list", "-o", "jsn"});
    CHECK(error.message() ==
          "az group list: 'jsn' is not a valid value for '--output'. Allowed values: json, jsonc, yaml, "
          "yamlc, table, "
          "tsv, none.");
    CHECK(error.hint().starts_with("Did you mean 'json' ?\n"));
    CHECK(error.fault().exit_code == 2);
}

TEST_CASE("a misspelled command gets a suggestion, one that only az has a sentence") {
    CHECK(refusal({"group", "shwo"}) == "'shwo' is misspelled or not recognized by the system.");
    CHECK(failure({"group", "shwo"}).hint().starts_with("Did you mean 'show' ?\n"));
    CHECK(refusal({"frobnicate"}) == "'frobnicate' is misspelled or not recognized by the system.");
    CHECK(refusal({"aks", "create", "-n", "x"}).starts_with("azid does not have 'aks create'."));
    CHECK(refusal({"aks", "--help"}).starts_with("azid does not have 'aks'."));
    CHECK(failure({"aks", "nodepool", "frob"}).fault().exit_code == 2);
    CHECK(refusal({"group", "help"}) == "'help' is misspelled or not recognized by the system.");
}

TEST_CASE("options before the command's last word hide it, as in az") {
    CHECK(refusal({"--output", "json", "group", "show"}) ==
          "'show' is misspelled or not recognized by the system.");
}

TEST_CASE("help is reached from everywhere") {
    CHECK(parsed({}).globals.help);
    CHECK(parsed({"help"}).globals.help);
    CHECK(parsed({"-h", "extra"}).group == "");
    CHECK(parsed({"group", "-h"}).group == "group");
    CHECK(parsed({"group", "create", "--help"}).command->name == "group create");
    CHECK(parsed({"group", "create", "--bogus", "-h"}).globals.help);
    CHECK(parsed({"--version"}).version_text);
    CHECK_FALSE(parsed({"-v"}).globals.help);
}

TEST_CASE("a file's text stands for @file, and an unreadable one for itself") {
    parse::Outside outside;
    outside.file = [](const std::string& path) -> std::optional<std::string> {
        if (path == "f") return "from file\n\n";
        if (path == "-") return "from stdin";
        return {};
    };
    CHECK(parsed({"group", "create", "-n", "@f", "--location=@-"}, outside).args.text("rg_name") ==
          "from file");
    CHECK(parsed({"group", "create", "-n", "@f", "--location=@-"}, outside).args.text("location") ==
          "from stdin");
    CHECK(parsed({"group", "create", "-n", "@g", "-l", "x@f"}, outside).args.text("rg_name") == "@g");
    CHECK(parsed({"group", "create", "-n", "@g", "-l", "x@f"}, outside).args.text("location") == "x@f");
}

TEST_CASE("a configured default stands in for a missing option and does not count as typed") {
    parse::Outside outside;
    outside.configured_default = [](std::string_view name) -> std::optional<std::string> {
        if (name == "group") return "rg1";
        return {};
    };
    const parse::Parsed result = parsed({"group", "show"}, outside);
    CHECK(result.args.text("resource_group_name") == "rg1");
    CHECK_FALSE(result.args.typed("resource_group_name"));
}

TEST_CASE("a lone blank is explained") {
    const Error error = failure({"group", "create", " "});
    CHECK(error.message() ==
          "the following arguments are required: --name/--resource-group/-n/-g, --location/-l");
    CHECK(error.hint().find("backslash") != std::string::npos);
    CHECK(failure({"group", "create", ""}).hint().find("backslash") == std::string::npos);
}

TEST_CASE("a usage error shows azid's own examples") {
    const std::string hint = failure({"group", "create"}).hint();
    CHECK(hint.find("azid group create") != std::string::npos);
    CHECK(hint.ends_with("More: azid group create --help"));
}

TEST_CASE("of several mistakes the first is told, as argparse reads on only from what is right") {
    CHECK(refusal({"group", "create", "-o", "xml", "-n", "--loc"}).find("'xml' is not a valid value") !=
          std::string::npos);
    CHECK(refusal({"group", "create", "-n", "-o", "xml", "--yes=1"}) ==
          "argument --name/--resource-group/-n/-g: expected one argument");
    CHECK(refusal({"group", "delete", "-n", "x", "--yes=1", "-o", "xml"}) ==
          "argument --yes/-y: ignored explicit argument '1'");
    CHECK(refusal({"identity", "show", "--ids", "--ids", "a"}) ==
          "argument --ids: expected at least one argument");
}

TEST_CASE("a double dash among the values of a positional ends the options") {
    CHECK(parsed({"config", "unset", "a.b", "--", "-c"}).args.list("key") == Words{"a.b", "-c"});
}
