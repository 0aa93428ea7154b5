#include "cli/parse/values.hpp"

#include "cli/parse/convert.hpp"
#include "cli/parse/notices.hpp"
#include "cli/parse/parse.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace azid;

namespace {

using Words = std::vector<std::string>;

constexpr spec::Option sample_options[] = {
    {.names = "--subscription", .key = "_subscription", .help = "s", .id_part = "subscription"},
    {.names = "--resource-group -g",
     .key = "group",
     .help = "g",
     .required = true,
     .id_part = "resource_group"},
    {.names = "-n --name", .key = "name", .help = "n", .required = true, .id_part = "name"},
    {.names = "--count -c", .key = "count", .help = "c", .type = spec::ValueType::integer},
    {.names = "--ratio", .key = "ratio", .help = "r", .type = spec::ValueType::real},
    {.names = "--secure", .key = "secure", .help = "s", .arity = spec::Arity::three_state},
    {.names = "--assign", .key = "assign", .help = "a", .arity = spec::Arity::optional},
    {.names = "--kind", .key = "kind", .help = "k", .choices = "User Group", .stage = spec::Stage::preview},
    {.names = "--parameters", .key = "parameters", .help = "p", .arity = spec::Arity::some, .append = true},
    {.names = "--old --new", .key = "old", .help = "o", .retired = "--old", .instead = "--new"},
    {.names = "--ids", .key = "_ids", .help = "i", .arity = spec::Arity::some},
    {.names = "key_value", .key = "key_value", .help = "k", .arity = spec::Arity::some},
};
constexpr spec::Command sample{.name = "sample do",
                               .summary = "Do.",
                               .options = spec::packed<sample_options>,
                               .supports_ids = true,
                               .stage = spec::Stage::preview};
constexpr spec::Command newer{.name = "sample do",
                              .summary = "Do.",
                              .options = spec::packed<sample_options>,
                              .supports_ids = true,
                              .aaz = true};

app::Args checked(const Words& words, const spec::Command& command = sample) {
    const parse::Options options(command);
    return parse::checked(command, options, parse::scan(command, options, words),
                          [](const spec::Option&) { return false; });
}

template <typename Action>
std::string refusal(Action action) {
    try {
        action();
    } catch (const Error& error) {
        return error.message();
    }
    return "(nothing was refused)";
}

std::string refusal_of(const Words& words, const spec::Command& command = sample) {
    return refusal([&] { checked(words, command); });
}

std::vector<app::Args> split(const Words& words, Words* warnings = nullptr,
                             const spec::Command& command = sample) {
    Words ignored;
    return parse::split_ids(command, checked(words, command), warnings != nullptr ? *warnings : ignored);
}

const std::string vm_id = "/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/v";

}  // namespace

TEST_CASE("numbers are read as Python reads them") {
    CHECK(checked({"-c", " +07 "}).text("count") == "7");
    CHECK(checked({"-c-5"}).text("count") == "-5");
    CHECK(checked({"-c", "1_000"}).text("count") == "1000");
    CHECK(refusal_of({"-c", "abc"}) == "argument --count/-c: invalid int value: 'abc'");
    CHECK(refusal_of({"-c", ""}) == "argument --count/-c: invalid int value: ''");
    CHECK(refusal_of({"--ratio", "x"}) == "argument --ratio: invalid float value: 'x'");
    CHECK(checked({"--ratio", "-1"}).text("ratio") == "-1");
    CHECK(refusal_of({"-c", "abc"}, newer) ==
          "Failed to parse '--count' argument: invalid literal for int() with base 10: 'abc'");
    CHECK_FALSE(parse::plain_integer("1__0"));
    CHECK_FALSE(parse::plain_integer("_1"));
    CHECK_FALSE(parse::plain_real("0x1p3"));
}

TEST_CASE("a three-state option is true without a value") {
    CHECK(checked({"--secure"}).three_state("secure") == true);
    CHECK(checked({"--secure", "FALSE"}).three_state("secure") == false);
    CHECK(checked({"--secure", "false", "--secure"}).three_state("secure") == true);
    CHECK_FALSE(checked({}).three_state("secure"));
    CHECK(refusal_of({"--secure", "maybe"}) ==
          "az sample do: 'maybe' is not a valid value for '--secure'. Allowed values: true, false.");
}

TEST_CASE("an optional value may be left out") {
    CHECK(checked({"--assign"}).given("assign"));
    CHECK(checked({"--assign"}).list("assign").empty());
    CHECK(checked({"--assign", "x"}).list("assign") == Words{"x"});
    CHECK(checked({"--assign", ""}).list("assign") == Words{""});
}

TEST_CASE("an appending option keeps every occurrence") {
    CHECK(checked({"--parameters", "a", "b", "-c", "1", "--parameters", "c"}).list("parameters") ==
          Words{"a", "b", "c"});
    CHECK(refusal_of({"--parameters"}) == "argument --parameters: expected at least one argument");
}

TEST_CASE("words without an option go to the positional") {
    CHECK(checked({"a", "b", "-c", "1"}).list("key_value") == Words{"a", "b"});
    CHECK(parse::display_name(sample_options[std::size(sample_options) - 1]) == "<KEY_VALUE>");
}

TEST_CASE("what is preview or retired is told when it is used") {
    const parse::Options options(sample);
    CHECK(parse::notices(sample, parse::scan(sample, options, {"--kind", "user", "--old", "x"})) ==
          Words{"Option '--old' has been deprecated and will be removed in a future release. Use '--new' "
                "instead.",
                "Argument '--kind' is in preview and under development. Reference and support levels: "
                "https://aka.ms/CLI_refstatus",
                "This command is in preview and under development. Reference and support levels: "
                "https://aka.ms/CLI_refstatus"});
    CHECK(checked({"--kind", "group"}).text("kind") == "Group");
}

TEST_CASE("without ids the names must be there") {
    CHECK(refusal([] { split({}); }) == "(--resource-group -n | --ids) are required");
    CHECK(refusal([] { split({"-g", "x"}); }) == "(-n | --ids) are required");
    CHECK(refusal([] {
              split({"-n", "x"}, nullptr, newer);
          }) == "InvalidArgumentValue: Missing required field: --resource-group");
    CHECK(split({"-g", "x", "-n", "y"}).size() == 1);
}

TEST_CASE("each id fills in its parts") {
    Words warnings;
    const std::vector<app::Args> all =
        split({"-n", "other", "--ids", vm_id, vm_id + "2\n" + vm_id + "3"}, &warnings);
    REQUIRE(all.size() == 3);
    CHECK(all[0].text("_subscription") == "s");
    CHECK(all[0].text("group") == "r");
    CHECK(all[2].text("name") == "v3");
    CHECK(all[2].list("_ids") == Words{vm_id + "3"});
    CHECK(warnings == Words{"option '-n' will be ignored due to use of '--ids'."});
}

TEST_CASE("ids may be JSON") {
    CHECK(split({"--ids", "{\"id\": \"" + vm_id + "\"}"}).at(0).text("name") == "v");
    CHECK(
        split({"--ids", "[{\"id\": \"" + vm_id + "\"}, {\"id\": \"" + vm_id + "x\"}]"}).at(1).text("name") ==
        "vx");
}

TEST_CASE("an id that is none or too short is refused") {
    CHECK(refusal([] { split({"--ids", "foo"}); }) == "invalid resource ID: foo");
    CHECK(refusal([] {
              split({"--ids", "/subscriptions/s/resourceGroups/r"});
          }) ==
          "Argument -n cannot be derived from ID /subscriptions/s/resourceGroups/r. Please provide a "
          "complete resource ID "
          "containing all information of 'Resource Id' arguments. ");
    CHECK(refusal([] { split({"--ids", ""}); }) == "(--resource-group -n | --ids) are required");
}

TEST_CASE("az's newer commands read lists in their own syntax, and in the old one") {
    const auto audiences = [](std::vector<std::string> values) {
        std::vector<std::string> argv{
            "identity", "federated-credential", "create", "-g",       "g", "-n",
            "n",        "--identity-name",      "i",      "--issuer", "x", "--subject",
            "s",        "--audiences"};
        argv.insert(argv.end(), values.begin(), values.end());
        return join(parse::parse(argv, {}).args.list("audiences"), "|");
    };
    CHECK(audiences({"a", "b"}) == "a|b");
    CHECK(audiences({"api://AzureADTokenExchange"}) == "api://AzureADTokenExchange");
    CHECK(audiences({"[a,'b c']"}) == "a|b c");
    CHECK(audiences({R"(["a", "b"])"}) == "a|b");
    CHECK(audiences({"[a,b]", "[0]=c"}) == "c|b");
    CHECK(audiences({"[a]", "--audiences", "[1]=b"}) == "a|b");
    CHECK(audiences({"[]"}).empty());
}
