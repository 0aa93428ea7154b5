#include "cli/parse/shorthand.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace azid;

namespace {

std::string read(std::string_view text) {
    try {
        return compact(parse::shorthand_value(text));
    } catch (const parse::ShorthandError& error) {
        return error.what();
    }
}

std::string steps(const std::string& text) {
    const parse::PartialValue partial = parse::partial_value(text);
    std::string all;
    for (const std::string& step : partial.steps) all += step + "|";
    return all + partial.value;
}

}  // namespace

TEST_CASE("the shorthand syntax makes lists, objects and words") {
    CHECK(read("[a,b]") == R"(["a","b"])");
    CHECK(read("[]") == "[]");
    CHECK(read("[a,]") == R"(["a"])");
    CHECK(read("{a:b,c:[d,{e:'f g'}]}") == R"({"a":"b","c":["d",{"e":"f g"}]})");
    CHECK(read("{a:null}") == R"({"a":null})");
    CHECK(read("'it'/s'") == R"("it's")");
    CHECK(parse::shorthand_word("a:b c").get<std::string>() == "a:b c");
    CHECK(parse::shorthand_word("'a b'").get<std::string>() == "a b");
    CHECK(parse::shorthand_word("null").is_null());
}

TEST_CASE("a mistake in the shorthand syntax is shown in its place") {
    CHECK(read("[a b]") ==
          "Shorthand Syntax Error: Please wrap whitespace character in single quotes:\n\t[a \n\t  ^");
    CHECK(read("[a") == "Shorthand Syntax Error: Expect character ',' or ']':\n\t[a\n\t  ^");
    CHECK(read("a:b") == "Shorthand Syntax Error: Redundant tail:\n\ta:b\n\t ^^");
    CHECK(read("{a:b,a:c}") == "Shorthand Syntax Error: Duplicate defined dict key 'a':\n\t{a:b,a\n\t     ^");
    CHECK(read(std::string(5000, '[')).starts_with("Shorthand Syntax Error: Nested too deeply"));
}

TEST_CASE("a part of a value is named by the way to it") {
    CHECK(steps("a=b=c") == "a|b=c");
    CHECK(steps("a.b[0]=c") == "a|b|[0]|c");
    CHECK(steps("[-1]=c") == "[-1]|c");
    CHECK(steps("'a b'.c=") == "a b|c|");
    CHECK(steps("api://x=y") == "api://x=y");
    CHECK(steps("plain") == "plain");
}
