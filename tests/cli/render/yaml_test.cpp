// The expected texts are PyYAML 6.0's for the same values.
#include "cli/render/format.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using azid::Json;

namespace {

std::string yaml(const Json& value) { return azid::render::render(value, azid::render::Format::yaml, {}); }

}  // namespace

TEST_CASE("collections stand in block style with sorted keys") {
    CHECK(yaml(Json::parse(R"({"b": [1, {"y": [], "x": {}}, [null, [true]]], "a": 1.5})")) ==
          "a: 1.5\nb:\n- 1\n- x: {}\n  y: []\n- - null\n  - - true\n");
}

TEST_CASE("strings that would be read as something else are quoted") {
    for (const char* text : {"yes",
                             "Off",
                             "null",
                             "~",
                             "1.0",
                             "0x1F",
                             "017",
                             "1_000",
                             "+.5",
                             "-1",
                             "<<",
                             "2020-01-01",
                             "12:30:45",
                             ".inf",
                             "0b01",
                             "1:30.5",
                             ".nan",
                             "=",
                             "-",
                             "a: b",
                             "a #b",
                             "*a",
                             "---",
                             " a",
                             "a ",
                             "?",
                             ":",
                             "@a",
                             "2020-1-1 1:02:03 -5"}) {
        CAPTURE(text);
        const std::string plain = std::string(text) + "\n...\n";
        if (std::string_view(text) == "+.5") {
            CHECK(yaml(text) == plain);
        } else {
            CHECK(yaml(text) == "'" + std::string(text) + "'\n");
        }
    }
}

TEST_CASE("strings that only look like something else are plain") {
    for (const char* text :
         {"1e3", "08", "1:75", "1:.", "-a", "?a", ":a", "a:b", "a#b", "2020-1-1", "0o7", "é", "😀"}) {
        CAPTURE(text);
        CHECK(yaml(text) == std::string(text) + "\n...\n");
    }
}

TEST_CASE("lines are kept by blank lines between apostrophes") {
    CHECK(yaml("a\nb") == "'a\n\n  b'\n");
    CHECK(yaml(Json{{"k", "it's\n\nso\n"}}) == "k: 'it''s\n\n\n  so\n\n  '\n");
}

TEST_CASE("tabs, control characters and blanks at line ends need double quotes") {
    CHECK(yaml("a\tb\x07\x7f\\\"é") == "\"a\\tb\\a\\x7F\\\\\\\"é\"\n");
    CHECK(yaml("a \nb") == "\"a \\nb\"\n");
    CHECK(yaml("\t😀") == "\"\\t\\U0001F600\"\n");
}

TEST_CASE("long scalars fold after 80 columns") {
    std::string words;
    for (int i = 0; i < 20; ++i) words += "long text ";
    words.pop_back();
    CHECK(yaml(Json{{"k", words}}) ==
          "k: long text long text long text long text long text long text long text long text\n"
          "  long text long text long text long text long text long text long text long text\n"
          "  long text long text long text long text\n");
    CHECK(yaml("\x01" + words) ==
          "\"\\x01long text long text long text long text long text long text long text long text\\\n"
          "  \\ long text long text long text long text long text long text long text long text\\\n"
          "  \\ long text long text long text long text\"\n");
}

TEST_CASE("long, empty and multi-line keys are complex ones") {
    const std::string longest(122, 'k');
    CHECK(yaml(Json{{longest, 1}}) == longest + ": 1\n");
    CHECK(yaml(Json{{longest + "k", Json{{"a", 1}}}}) == "? " + longest + "k\n: a: 1\n");
    CHECK(yaml(Json{{"", Json::array({1})}}) == "? ''\n: - 1\n");
    CHECK(yaml(Json{{"a\nb", 1}}) == "? 'a\n\n  b'\n: 1\n");
}
