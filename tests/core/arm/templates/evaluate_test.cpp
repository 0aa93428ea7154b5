#include "core/arm/templates/evaluate.hpp"

#include "core/base/error.hpp"
#include "support/group_world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace azid::test {

namespace {

using arm::templates::Frame;

// What a template's text becomes, in the group "rg".
Json value_of(GroupWorld& world, const std::string& text) {
    Json value;
    world.as_admin([&](Session& session) {
        Frame frame{session, {world.subscription(), "rg", "deploy"}};
        frame.parameters["name"] = std::make_shared<const Json>("web");
        frame.parameters["sizes"] =
            std::make_shared<const Json>(Json::parse(R"({"small":"B1","Large":"D4"})"));
        frame.variables["twice"] =
            std::make_shared<const Json>("[concat(parameters('name'), parameters('name'))]");
        frame.variables["circle"] = std::make_shared<const Json>("[variables('circle')]");
        frame.loops = {{"outer", 3}, {"inner", 1}};
        value = arm::templates::resolved(frame, text);
    });
    return value;
}

std::string refusal_of(GroupWorld& world, const std::string& text) {
    try {
        return "gave " + compact(value_of(world, text));
    } catch (const Error& error) {
        CHECK(error.fault().code == "InvalidTemplate");
        return error.message();
    }
}

struct Case {
    const char* text;
    const char* value;  // JSON
};

void check_all(GroupWorld& world, const std::vector<Case>& cases) {
    for (const Case& one : cases) {
        CAPTURE(one.text);
        CHECK(compact(value_of(world, one.text)) == one.value);
    }
}

}  // namespace

TEST_CASE_FIXTURE(GroupWorld, "texts are expressions only between single brackets") {
    check_all(*this, {{"plain", R"("plain")"},
                      {"[[parameters('name')]", R"("[parameters('name')]")"},
                      {"[[not closed", R"("[[not closed")"},
                      {"[parameters('name')]", R"("web")"},
                      {"[ concat( 'it''s', ' ', 'fine' ) ]", R"("it's fine")"},
                      {"[parameters('sizes').LARGE]", R"("D4")"},
                      {"[parameters('sizes')['small']]", R"("B1")"},
                      {"[parameters('sizes').?none]", "null"},
                      {"[createArray(1, -2)[1]]", "-2"},
                      {"[variables('twice')]", R"("webweb")"}});
}

TEST_CASE_FIXTURE(GroupWorld, "functions about texts give what Azure documents") {
    check_all(*this, {{"[concat('a', 1, true())]", R"("a1True")"},
                      {"[concat(createArray(1), createArray(2))]", "[1,2]"},
                      {"[format('{0}-{1:D3}-{{{2}}}', 'a', 7, 'b')]", R"("a-007-{b}")"},
                      {"[format('{0,4}|{1,-3}|', 'ab', 'c')]", R"("  ab|c  |")"},
                      {"[format('{0:N0} {1:X2}', 1234567, 255)]", R"("1,234,567 FF")"},
                      {"[toUpper(toLower('AbC'))]", R"("ABC")"},
                      {"[substring('grüne', 2, 2)]", R"("ün")"},
                      {"[replace('a-b-c', '-', '')]", R"("abc")"},
                      {"[split('a,b;c', createArray(',', ';'))]", R"(["a","b","c"])"},
                      {"[trim('  x ')]", R"("x")"},
                      {"[padLeft(7, 3, '0')]", R"("007")"},
                      {"[startsWith('Abc', 'aB')]", "true"},
                      {"[endsWith('abC', 'BC')]", "true"},
                      {"[indexOf('test', 'T')]", "0"},
                      {"[lastIndexOf('test', 't')]", "3"},
                      {"[string(createObject('a', true()))]", R"x("{\"a\":true}")x"},
                      {"[base64ToString(base64('hi'))]", R"("hi")"},
                      {"[uriComponent('a b/ü')]", R"("a%20b%2F%C3%BC")"},
                      {"[uri('https://h/a/b', 'c')]", R"("https://h/a/c")"},
                      {"[json('{\"a\":[1]}').a[0]]", "1"},
                      {"[guid('one', 'two')]", R"("8545892b-702a-5e95-ab8b-1fab000550f9")"},
                      {"[length(uniqueString('a'))]", "13"},
                      {"[equals(uniqueString('a'), uniqueString('b'))]", "false"}});
}

TEST_CASE_FIXTURE(GroupWorld, "numbers and truth") {
    check_all(*this, {{"[add(mul(3, 4), sub(1, 5))]", "8"},
                      {"[div(7, 2)]", "3"},
                      {"[mod(-7, 3)]", "-1"},
                      {"[int('42')]", "42"},
                      {"[max(createArray(3, 9, 4))]", "9"},
                      {"[min(3, 9)]", "3"},
                      {"[bool('TRUE')]", "true"},
                      {"[and(true(), not(false()), or(false(), true()))]", "true"},
                      {"[equals('a', 'A')]", "false"},
                      {"[equals(json('{\"a\":1,\"b\":2}'), json('{\"b\":2,\"a\":1}'))]", "true"},
                      {"[less('a', 'b')]", "true"},
                      {"[greaterOrEquals(2, 2)]", "true"},
                      {"[if(true(), 'yes', variables('missing'))]", R"("yes")"},
                      {"[coalesce(null(), 'x')]", R"("x")"}});
}

TEST_CASE_FIXTURE(GroupWorld, "arrays and objects") {
    check_all(
        *this,
        {{"[length(createArray(1, 2))]", "2"},
         {"[first('abc')]", R"("a")"},
         {"[last(createArray(1, 2))]", "2"},
         {"[take(createArray(1, 2, 3), 2)]", "[1,2]"},
         {"[skip('abcd', 2)]", R"("cd")"},
         {"[union(createArray(1, 2), createArray(2, 3))]", "[1,2,3]"},
         {"[union(json('{\"a\":{\"x\":1}}'), json('{\"a\":{\"y\":2}}'))]", R"({"a":{"x":1,"y":2}})"},
         {"[intersection(createArray(1, 2), createArray(2, 3))]", "[2]"},
         {"[contains('abc', 'B')]", "false"},
         {"[contains(parameters('sizes'), 'LARGE')]", "true"},
         {"[empty('')]", "true"},
         {"[join(createArray('a', 'b'), '-')]", R"("a-b")"},
         {"[range(2, 3)]", "[2,3,4]"},
         {"[items(parameters('sizes'))[0].key]", R"("Large")"},
         {"[flatten(createArray(createArray(1), createArray(2, 3)))]", "[1,2,3]"},
         {"[tryGet(parameters('sizes'), 'none', 'deeper')]", "null"},
         {"[map(range(0, 3), lambda('i', mul(lambdaVariables('i'), 2)))]", "[0,2,4]"},
         {"[filter(createArray(1, 5, 3), lambda('n', less(lambdaVariables('n'), 4)))]", "[1,3]"},
         {"[sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), "
          "lambdaVariables('b'))))]",
          "[1,2,3]"},
         {"[reduce(range(1, 4), 0, lambda('a', 'b', add(lambdaVariables('a'), "
          "lambdaVariables('b'))))]",
          "10"},
         {"[toObject(createArray('a'), lambda('k', lambdaVariables('k')), lambda('k', 1))]", R"({"a":1})"}});
}

TEST_CASE_FIXTURE(GroupWorld, "dates, places and loops") {
    const std::string subscription_scope = "/subscriptions/" + subscription();
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"[dateTimeAdd('2020-02-29T10:00:00Z', 'P1Y', 'yyyy-MM-dd')]", "2021-02-28"},
        {"[dateTimeAdd('2020-04-07 14:53:14Z', '-PT25H', 'u')]", "2020-04-06 13:53:14Z"},
        {"[dateTimeFromEpoch(1)]", "1970-01-01T00:00:01Z"},
        {"[resourceGroup().location]", "westeurope"},
        {"[subscription().subscriptionId]", subscription()},
        {"[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'back')]",
         group_scope() + "/providers/Microsoft.Network/virtualNetworks/net/subnets/back"},
        {"[resourceId('other', 'Microsoft.Compute/virtualMachines', 'vm')]",
         subscription_scope + "/resourceGroups/other/providers/Microsoft.Compute/virtualMachines/vm"},
        {"[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'x')]",
         subscription_scope + "/providers/Microsoft.Authorization/roleDefinitions/x"},
        {"[extensionResourceId('/a', 'Microsoft.Authorization/locks', 'x')]",
         "/a/providers/Microsoft.Authorization/locks/x"},
        {"[environment().suffixes.storage]", "core.windows.net"},
        {"[string(copyIndex())]", "1"},
        {"[string(copyIndex('outer', 10))]", "13"}};
    for (const auto& [text, value] : cases) {
        CAPTURE(text);
        CHECK(value_of(*this, text).get<std::string>() == value);
    }
}

TEST_CASE_FIXTURE(GroupWorld, "what is wrong with an expression is told in Azure's words") {
    CHECK(refusal_of(*this, "[nope('x')]") ==
          "The template function 'nope' is not valid. Please see https://aka.ms/arm-functions for usage "
          "details.");
    CHECK(refusal_of(*this, "[concat('a'") == R"(gave "[concat('a'")");
    CHECK(refusal_of(*this, "[concat('a']") ==
          "Unable to parse language expression 'concat('a'': expected token 'RightParenthesis' and actual "
          "'EndOfData'.");
    CHECK(refusal_of(*this, "[parameters('sizes').huge]") ==
          "The language expression property 'huge' doesn't exist, available properties are 'small, Large'.");
    CHECK(refusal_of(*this, "[createArray(1)[3]]") ==
          "The language expression property array index '3' is out of bounds.");
    CHECK(refusal_of(*this, "[variables('none')]").starts_with("The template variable 'none' is not found."));
    CHECK(refusal_of(*this, "[variables('circle')]")
              .starts_with("The template variable 'circle' refers to itself"));
    CHECK(refusal_of(*this, "[add('1', 2)]").find("The provided value is of type 'String'.") !=
          std::string::npos);
    CHECK(refusal_of(*this, "[newGuid()]").find("default value of a parameter") != std::string::npos);
    CHECK(refusal_of(*this, "[add(1)]").find("requires 2 argument(s) while 1 were provided") !=
          std::string::npos);
    CHECK(refusal_of(*this, "[div(1, 0)]").find("divide by zero") != std::string::npos);
}

TEST_CASE_FIXTURE(GroupWorld, "deep nesting is refused, not followed") {
    std::string text = "'x'";
    for (int i = 0; i < 5000; ++i) text = "concat(" + text + ")";
    CHECK(refusal_of(*this, "[" + text + "]").find("nested more deeply") != std::string::npos);
}

TEST_CASE_FIXTURE(GroupWorld, "a copy among properties makes a list") {
    as_admin([&](Session& session) {
        Frame frame{session, {subscription(), "rg", "deploy"}};
        const Json value = Json::parse(R"({"copy":[{"name":"disks","count":2,"input":
            {"lun":"[copyIndex('disks')]"}}],"other":1})");
        CHECK(compact(arm::templates::resolved(frame, value)) ==
              R"({"disks":[{"lun":0},{"lun":1}],"other":1})");
    });
}

}  // namespace azid::test
