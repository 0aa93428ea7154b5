#include "core/base/error.hpp"
#include "core/base/json.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>

using namespace azid;

TEST_CASE("JSON that nests too deep is refused, brackets in texts are not counted") {
    const auto nested = [](int depth) {
        return std::string(static_cast<std::size_t>(depth), '[') +
               std::string(static_cast<std::size_t>(depth), ']');
    };
    CHECK(parse_json(nested(200)).is_array());
    CHECK_THROWS_AS(parse_json(nested(201)), Error);
    CHECK_THROWS_AS(parse_json(nested(1000000)), Error);
    CHECK(parse_json("\"" + std::string(1000, '[') + "\"").is_string());
    CHECK(parse_json(R"({"a": "\"[[", "b": []})").size() == 2);
    CHECK_THROWS_AS(parse_json("]]]"), Error);
}

TEST_CASE("JSON with an object of thousands of members is refused, long lists are not") {
    const auto with = [](int members) {
        std::string text;
        for (int i = 0; i < members; ++i) text += fmt::format("{}\"{}\":\"a,b\"", i == 0 ? "{" : ",", i);
        return text + "}";
    };
    CHECK(parse_json(with(2000)).size() == 2000);
    CHECK_THROWS_AS(parse_json(with(2001)), Error);
    CHECK_THROWS_AS(parse_json("[" + with(2001) + "]"), Error);
    CHECK(parse_json("[" + with(1500) + "," + with(1500) + "]").size() == 2);
    std::string list = "[0";
    for (int i = 0; i < 10000; ++i) list += ",0";
    CHECK(parse_json(R"({"a": )" + list + "]}").size() == 1);
}
