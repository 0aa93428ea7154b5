#include "core/base/error.hpp"
#include "core/base/json.hpp"

#include <doctest/doctest.h>
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
}
