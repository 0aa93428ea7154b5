#include "core/query/jmespath.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

TEST_CASE("an expression can sort the objects in its literals, at any depth") {
    azid::query::Expression query =
        azid::query::compile("[0].{z: `{\"b\": 1, \"a\": [{\"d\": 1, \"c\": 2}]}`, a: @}");
    const azid::Json data = azid::Json::parse(R"([{"y": 1, "x": 2}])");
    CHECK(azid::query::search(query, data).dump() ==
          R"({"z":{"b":1,"a":[{"d":1,"c":2}]},"a":{"y":1,"x":2}})");
    query.sort_literals();
    CHECK(azid::query::search(query, data).dump() ==
          R"({"z":{"a":[{"c":2,"d":1}],"b":1},"a":{"y":1,"x":2}})");
}
