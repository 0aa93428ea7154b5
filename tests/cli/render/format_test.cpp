#include "cli/render/format.hpp"

#include "core/base/error.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <limits>

using azid::Json;
using azid::render::Format;
using azid::render::format_named;
using azid::render::render;

namespace {

constexpr Format every_format[] = {Format::json,  Format::jsonc, Format::yaml, Format::yamlc,
                                   Format::table, Format::tsv,   Format::none};

std::string shown(const char* json, Format format) { return render(Json::parse(json), format, {}); }

// As after --query: members stay in the order written.
std::string queried(const char* json, Format format) {
    return render(Json::parse(json), format, {.colour = false, .sort_keys = false});
}

}  // namespace

TEST_CASE("a format is named in any case") {
    CHECK(format_named("json") == Format::json);
    CHECK(format_named("TABLE") == Format::table);
    CHECK(format_named("Yamlc") == Format::yamlc);
    CHECK_FALSE(format_named("xml"));
    CHECK_FALSE(format_named(""));
}

TEST_CASE("null prints nothing in every format, and none prints nothing at all") {
    for (const Format format : every_format) CHECK(render(nullptr, format, {}) == "");
    CHECK(shown(R"({"a": 1})", Format::none) == "");
}

TEST_CASE("what is empty but not null is printed") {
    CHECK(shown("[]", Format::json) == "[]\n");
    CHECK(shown("{}", Format::yaml) == "{}\n");
    CHECK(shown("[]", Format::tsv) == "");
    CHECK(shown("{}", Format::tsv) == "\n");
    CHECK(shown("[]", Format::table) == "\n");
    CHECK(shown("false", Format::json) == "false\n");
    CHECK(shown("\"\"", Format::json) == "\"\"\n");
}

TEST_CASE("json is sorted even after a query") {
    CHECK(queried(R"({"b": 1, "B": [], "a": {"z": null, "y": true}})", Format::json) ==
          "{\n  \"B\": [],\n  \"a\": {\n    \"y\": true,\n    \"z\": null\n  },\n  \"b\": 1\n}\n");
}

TEST_CASE("json escapes control characters only") {
    CHECK(shown(R"("/é\u2028\u007f\u0001\"\\\n")", Format::json) == "\"/é\u2028\x7f\\u0001\\\"\\\\\\n\"\n");
}

TEST_CASE("floats are written as Python writes them") {
    CHECK(shown("[1.0, -0.0, 0.1, 1e15, 1e16, 0.0001, 0.00001, 1.5e300, 5e-324]", Format::tsv) ==
          "1.0\n-0.0\n0.1\n1000000000000000.0\n1e+16\n0.0001\n1e-05\n1.5e+300\n5e-324\n");
    CHECK(shown("1e16", Format::yaml) == "1.0e+16\n...\n");
}

TEST_CASE("numbers that JSON does not know are printed bare") {
    const Json odd = {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity()};
    CHECK(render(odd, Format::json, {}) == "[\n  NaN,\n  -Infinity\n]\n");
    CHECK(render(odd, Format::yaml, {}) == "- .nan\n- -.inf\n");
    CHECK(render(odd, Format::tsv, {}) == "nan\n-inf\n");
}

TEST_CASE("integers are exact up to 64 bits and floats beyond") {
    CHECK(shown("[18446744073709551615, -9223372036854775808]", Format::tsv) ==
          "18446744073709551615\n-9223372036854775808\n");
    CHECK(shown("1180591620717411303424", Format::tsv) == "1.1805916207174113e+21\n");
}

TEST_CASE("invalid UTF-8 becomes replacement characters in every format") {
    const Json broken = {{"k\xff", "a\xc3(\xe2\x82|\xed\xa0\x80\xf0\x9f"}};
    for (const Format format : every_format)
        for (const bool colour : {false, true}) {
            const std::string text = render(broken, format, {.colour = colour});
            CHECK_NOTHROW(Json(text).dump());
        }
    CHECK(render(broken, Format::tsv, {}) == "a\uFFFD(\uFFFD|\uFFFD\uFFFD\uFFFD\uFFFD\n");
}

TEST_CASE("a value nested too deeply is refused, not crashed over") {
    Json deep = 1;
    for (int i = 0; i < 5000; ++i) deep = Json::array({std::move(deep)});
    for (const Format format : every_format) CHECK_THROWS_AS(render(deep, format, {}), azid::Error);
}

TEST_CASE("tsv has one line per item and a length for a list") {
    CHECK(
        shown(R"([{"b": true, "a": null, "c": [1, 2], "d": {"x": 1}}, "s", true, null, [false, [], "t\tu"]])",
              Format::tsv) == "None\tTrue\t2\t\ns\ntrue\nNone\nFalse\t0\tt\tu\n");
}

TEST_CASE("tsv keeps the written order after a query") {
    CHECK(shown(R"({"b": 1, "a": 2})", Format::tsv) == "2\t1\n");
    CHECK(queried(R"({"b": 1, "a": 2})", Format::tsv) == "1\t2\n");
}

TEST_CASE("jsonc is coloured as by pygments when asked to") {
    CHECK(shown(R"({"a": 1})", Format::jsonc) == "{\n  \"a\": 1\n}\n");
    CHECK(
        render(Json::parse(R"({"a": [null, "b\"", 1.5]})"), Format::jsonc, {.colour = true}) ==
        "{\x1b[37m\x1b[39;49;00m\n"
        "\x1b[37m  \x1b[39;49;00m\x1b[94m\"a\"\x1b[39;49;00m:\x1b[37m \x1b[39;49;00m[\x1b[37m\x1b[39;49;00m\n"
        "\x1b[37m    \x1b[39;49;00m\x1b[34mnull\x1b[39;49;00m,\x1b[37m\x1b[39;49;00m\n"
        "\x1b[37m    \x1b[39;49;00m\x1b[33m\"b\\\"\"\x1b[39;49;00m,\x1b[37m\x1b[39;49;00m\n"
        "\x1b[37m    \x1b[39;49;00m\x1b[34m1.5\x1b[39;49;00m\x1b[37m\x1b[39;49;00m\n"
        "\x1b[37m  \x1b[39;49;00m]\x1b[37m\x1b[39;49;00m\n"
        "}\x1b[37m\x1b[39;49;00m\n");
}

TEST_CASE("yamlc is coloured as by pygments when asked to") {
    CHECK(shown("\"x\"", Format::yamlc) == "x\n...\n");
    CHECK(render(Json::parse(R"({"key": ["v", "1"]})"), Format::yamlc, {.colour = true}) ==
          "\x1b[94mkey\x1b[39;49;00m:\x1b[37m\x1b[39;49;00m\n"
          "-\x1b[37m \x1b[39;49;00mv\x1b[37m\x1b[39;49;00m\n"
          "-\x1b[37m \x1b[39;49;00m\x1b[33m'\x1b[39;49;00m\x1b[33m1\x1b[39;49;00m\x1b[33m'\x1b[39;49;00m"
          "\x1b[37m\x1b[39;49;00m\n");
}
