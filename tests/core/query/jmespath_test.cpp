#include "core/query/jmespath.hpp"

#include "core/query/sorted.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <random>
#include <string>

using azid::Json;
using azid::query::compile;
using azid::query::CompileError;
using azid::query::RuntimeError;

namespace {

// The result as compact JSON; the data is JSON text.
std::string found(const std::string& expression, const std::string& data) {
    return azid::query::search(compile(expression), Json::parse(data)).dump();
}

std::string error_of(const std::string& expression, const std::string& data) {
    try {
        return "no error but " + found(expression, data);
    } catch (const RuntimeError& problem) {
        return problem.what();
    }
}

const std::string machines = R"([
    {"name": "web", "location": "eastus", "cores": 2, "tags": {"env": "prod"}, "zones": ["1", "2"]},
    {"name": "db", "location": "westus", "cores": 8, "tags": null, "zones": ["3"]},
    {"name": "äpp", "location": "eastus", "cores": 4, "zones": []}
])";

}  // namespace

TEST_CASE("queries of everyday use find what they should") {
    CHECK(found("[].name", machines) == R"(["web","db","äpp"])");
    CHECK(found("[?location=='eastus'].name | [0]", machines) == R"("web")");
    CHECK(found("[?cores > `2`].{Name:name,Cores:cores}", machines) ==
          R"([{"Name":"db","Cores":8},{"Name":"äpp","Cores":4}])");
    CHECK(found("[].tags.env", machines) == R"(["prod"])");
    CHECK(found("[].zones[]", machines) == R"(["1","2","3"])");
    CHECK(found("[*].[name, cores]", machines) == R"([["web",2],["db",8],["äpp",4]])");
    CHECK(found("[-1].name", machines) == R"("äpp")");
    CHECK(found("[::-1].cores", machines) == "[4,8,2]");
    CHECK(found("length([?!tags && cores])", machines) == "2");
    CHECK(found("max_by(@, &cores).name", machines) == R"("db")");
    CHECK(found("sort_by(@, &name)[].name", machines) == R"(["db","web","äpp"])");
    CHECK(found("[0].missing.deeper", machines) == "null");
}

TEST_CASE("a multi-select hash keeps the written order, data keeps its own") {
    CHECK(found("{zz: b, aa: a}", R"({"a": 1, "b": 2})") == R"({"zz":2,"aa":1})");
    CHECK(found("@", R"({"b": 1, "a": 2})") == R"({"b":1,"a":2})");
    CHECK(found("keys({b: @, a: @})", "1") == R"(["b","a"])");
    CHECK(found("merge(@, {c: 'x', a: 'y'})", R"({"a": 1, "b": 2})") == R"({"a":"y","b":2,"c":"x"})");
}

TEST_CASE("sorting orders the keys of every object by code point") {
    const Json value = Json::parse(R"({"é": 1, "b": [{"y": 1, "x": 2}, 3], "Z": {"b": null, "a": {}}})");
    CHECK(azid::query::sorted(value).dump() == R"({"Z":{"a":{},"b":null},"b":[{"x":2,"y":1},3],"é":1})");
}

TEST_CASE("strings are ordered by code point and never against numbers") {
    CHECK(found("[?@ >= 'b']", R"(["a", "b", "é", "B"])") == R"(["b","é"])");
    CHECK(found("a < b", R"({"a": "1", "b": 2})") == "null");
    CHECK(found("a == b", R"({"a": "1", "b": 1})") == "false");
}

TEST_CASE("numbers are compared and added exactly") {
    CHECK(found("[0] == [1]", "[9007199254740993, 9007199254740992.0]") == "false");
    CHECK(found("[0] == [1]", "[1, 1.0]") == "true");
    CHECK(found("a > b", R"({"a": 18446744073709551615, "b": -1})") == "true");
    CHECK(found("sum(@)", "[9223372036854775807, 1]") == "9223372036854775808");
    CHECK(found("abs(@)", "-9223372036854775808") == "9223372036854775808");
    CHECK(found("sum(@)", "[1, 0.5]") == "1.5");
    CHECK(found("sum(@)", "[]") == "0");
    CHECK(found("avg(@)", "[1, 2]") == "1.5");
    CHECK(found("avg(@)", "[]") == "null");
    CHECK(found("[ceil(@), floor(@)]", "-1.5") == "[-1,-2]");
}

TEST_CASE("equality is deep and does not take one for true") {
    CHECK(found("a == b", R"({"a": {"x": 1, "y": [2]}, "b": {"y": [2.0], "x": 1}})") == "true");
    CHECK(found("a == b", R"({"a": 1, "b": true})") == "false");
    CHECK(found("contains(a, `{\"k\": 1}`)", R"({"a": [{"k": 1}]})") == "true");
}

TEST_CASE("to_number reads what Python reads") {
    CHECK(found("to_number(@)", R"("42")") == "42");
    CHECK(found("to_number(@)", R"("  +1_000 ")") == "1000");
    CHECK(found("to_number(@)", R"("-2.5e1")") == "-25.0");
    CHECK(found("to_number(@)", R"("18446744073709551615")") == "18446744073709551615");
    for (const std::string text :
         {"", " ", "+", "+-1", "0x1F", "1__0", "_1", "1e", ".", "nan", "inf", "1e999"}) {
        CAPTURE(text);
        CHECK(found("to_number(@)", Json(text).dump()) == "null");
    }
    CHECK(found("[to_number(a), to_number(b), to_number(c)]", R"({"a": true, "b": null, "c": [1]})") ==
          "[null,null,null]");
}

TEST_CASE("to_string writes compact JSON with escapes, and leaves strings alone") {
    CHECK(found("to_string(@)", R"({"b": ["é", 1.0, 1e22, 1e-7], "a": null})") ==
          Json(R"({"b":["\u00e9",1.0,1e+22,1e-07],"a":null})").dump());
    CHECK(found("to_string(@)", "1e15") == R"("1000000000000000.0")");
    CHECK(found("to_string(@)", R"("é")") == R"("é")");
}

TEST_CASE("strings are counted and turned round by character") {
    CHECK(found("length(@)", R"("aé😀")") == "3");
    CHECK(found("reverse(@)", R"("aé😀")") == R"("😀éa")");
    CHECK(found("join('-', @)", R"(["a", "b"])") == R"("a-b")");
    CHECK(found("join('-', @)", "[]") == R"("")");
    CHECK(found("contains('abc', 'bc')", "1") == "true");
    CHECK(found("contains('abc', `1`)", "1") == "false");
}

TEST_CASE("errors at run time have jmespath.py's words") {
    CHECK(error_of("nofunc()", "1") == "Unknown function: nofunc()");
    CHECK(error_of("length(@, @)", "1") == "Expected 1 argument for function length(), received 2");
    CHECK(error_of("sort_by(@)", "1") == "Expected 2 arguments for function sort_by(), received 1");
    CHECK(error_of("not_null()", "1") == "Expected at least 1 argument for function not_null(), received 0");
    CHECK(
        error_of("abs(@)", R"("rg1")") ==
        "In function abs(), invalid type for value: rg1, expected one of: ['number'], received: \"string\"");
    CHECK(error_of("length(@)", "null") ==
          "In function length(), invalid type for value: None, expected one of: "
          "['string', 'array', 'object'], received: \"null\"");
    CHECK(error_of("keys(@)", R"([1, "it's", "a\\\n", true, {"k": 1.0}])") ==
          "In function keys(), invalid type for value: [1, \"it's\", 'a\\\\\\n', True, {'k': 1.0}], expected "
          "one of: "
          "['object'], received: \"array\"");
}

TEST_CASE("a list element of the wrong type is reported by Python's type name") {
    CHECK(error_of("sum(@)", R"([1, "x"])") ==
          "In function sum(), invalid type for value: x, expected one of: "
          "['array-number'], received: \"str\"");
    CHECK(error_of("sort(@)", R"(["x", 1.5])") ==
          "In function sort(), invalid type for value: 1.5, expected one of: "
          "['array-string', 'array-number'], received: \"float\"");
    CHECK(error_of("max(@)", "[null]") ==
          "In function max(), invalid type for value: None, expected one of: "
          "['array-number', 'array-string'], received: \"NoneType\"");
}

TEST_CASE("keys to sort by must be all numbers or all strings") {
    CHECK(
        error_of("sort_by(@, &a)", R"([{"a": null}])") ==
        "In function sort_by(), invalid type for value: {'a': None}, expected one of: ['string', 'number'], "
        "received: \"null\"");
    CHECK(error_of("sort_by(@, &a)", R"([{"a": 1}, {"a": "x"}])") ==
          "In function sort_by(), invalid type for value: x, expected one of: ['number'], received: "
          "\"string\"");
    CHECK(error_of("min_by(@, &a)", R"([{"a": true}])") ==
          "In function min_by(), invalid type for value: True, expected one of: ['number', 'string'], "
          "received: \"boolean\"");
    CHECK(error_of("max_by(@, &a)", R"([{"a": 1}, {}])") ==
          "In function max_by(), invalid type for value: None, expected one of: ['number', 'string'], "
          "received: \"null\"");
    CHECK(
        error_of("max_by(@, &a)", R"([{"a": 1}, {"a": "x"}])") ==
        "In function max_by(), invalid type for value: x, expected one of: ['number'], received: \"string\"");
    CHECK(found("sort_by(@, &a)[].b", R"([{"a": 2, "b": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 3}])") ==
          "[2,1,3]");
    CHECK(found("sort_by(@, &a)", "[]") == "[]");
}

TEST_CASE("an expression behind & is an argument and nothing else") {
    CHECK(error_of("&a", "1").starts_with("An expression behind '&'"));
    CHECK(error_of("[&a]", "1").starts_with("An expression behind '&'"));
    CHECK(error_of("length(&a)", "1").ends_with("received: \"expref\""));
    CHECK(error_of("map(a, b)", R"({"a": 1, "b": []})") ==
          "In function map(), invalid type for value: 1, expected "
          "one of: ['expref'], received: \"number\"");
    CHECK(found("map(&a, @)", R"([{"a": 1}, {}])") == "[1,null]");
}

TEST_CASE("az accepts some slack in the grammar, as jmespath.py does") {
    CHECK(found("length(@, )", "[1]") == "1");
    CHECK(found("join(',' @)", R"(["a", "b"])") == R"("a,b")");
    CHECK(found("{a: @ b: @}", "1") == R"({"a":1,"b":1})");
    CHECK(found("(length)(@)", "[1]") == "1");
    CHECK(found("[0][0:2].bar", R"([[{"bar": 1}]])") == "null");
    CHECK(found("`unquoted text`", "1") == R"("unquoted text")");
    CHECK(found(R"('\\')", "1") == R"("\\\\")");
}

TEST_CASE("indexes and slices beyond any list find nothing") {
    CHECK(found("[99999999999999999999]", "[1]") == "null");
    CHECK(found("[-99999999999999999999:99999999999999999999:99999999999999999999]", "[1, 2]") == "[1]");
    CHECK(found("[::-99999999999999999999]", "[1, 2]") == "[2]");
    CHECK(error_of("[::0]", "[1]") == "slice step cannot be zero");
}

TEST_CASE("text that is no expression is refused") {
    for (const std::string text :
         {"",        " ",      "[",    "[?a==b", "@[",    "a.",       "a..b", "a b",
          "{}",      "{a:b,}", "'x",   "`{`\"",  "a = b", "\"a\"(b)", "@(a)", "a[1:2:3:4]",
          "foo-bar", "[1 2]",  "\xff", "'\xff'", "é",     "#"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(compile(text), CompileError);
    }
}

TEST_CASE("hostile nesting is refused before it exhausts the stack") {
    std::string brackets, pipes = "@", nots, literal;
    for (int i = 0; i < 20'000; ++i) {
        brackets += "(";
        pipes += "|[@]";
        nots += "!";
        literal += "[";
    }
    CHECK_THROWS_AS(compile(brackets + "a"), CompileError);
    CHECK_THROWS_AS(compile(pipes), CompileError);
    CHECK_THROWS_AS(compile(nots + "a"), CompileError);
    CHECK_THROWS_AS(compile("`" + literal + std::string(20'000, ']') + "`"), CompileError);
}

TEST_CASE("as many alternatives as az takes are no hostile nesting") {
    std::string filter = "[?@ == `0`";
    for (int i = 1; i < 300; ++i) filter += " || @ == `" + std::to_string(i) + "`";
    CHECK(found(filter + "]", "[299, 300]") == "[299]");
}

TEST_CASE("no mutilated expression does worse than throw") {
    const std::string seeds[] = {"[?a=='x' && !(b > `1`)].{A: a, \"b c\": sort_by(@, &a)[0]}",
                                 "a[0][1:2:-1].*[] | [0]", "map(&join(',', keys(@)), [*])",
                                 "merge(@, `{\"a\": [1.5, \"\\u00e9\"]}`) || max_by(a, &b)"};
    const std::string alphabet = "[]{}()*.,:|&!<>=@?`'\"\\ -019ab\xc3\xa9";
    const Json data =
        Json::parse(R"([{"a": "x", "b": 2}, {"a": [[1, 2], [3]], "b": null}, "é", 1.5, [], {}])");
    std::mt19937 dice(1);
    int compiled = 0;
    for (int round = 0; round < 5'000; ++round) {
        std::string text = seeds[dice() % std::size(seeds)];
        for (unsigned change = dice() % 4 + 1; change > 0; --change) {
            const std::size_t at = dice() % (text.size() + 1);
            if (dice() % 2 == 0 && at < text.size()) text.erase(at, dice() % 3 + 1);
            if (dice() % 2 == 0)
                text.insert(std::min(at, text.size()), 1, alphabet[dice() % alphabet.size()]);
        }
        try {
            const azid::query::Expression expression = compile(text);
            ++compiled;
            azid::query::search(expression, data).dump();
        } catch (const CompileError&) {
        } catch (const RuntimeError&) {
        }
    }
    CHECK(compiled > 100);
}
