#include "core/base/json.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace azid::test {

TEST_CASE("an object that is written at once is written as any other") {
    const std::string odd = "a \"quoted\" \\ line\nwith ä and \x01";
    CHECK(compact_object({}) == compact(Json::object()));
    CHECK(compact_object({{"text", odd}, {"empty", ""}, {"number", -5}, {"large", std::int64_t{1} << 53}}) ==
          compact(Json{{"text", odd}, {"empty", ""}, {"number", -5}, {"large", std::int64_t{1} << 53}}));
    CHECK(compact_object({JsonMember::json("inner", compact_object({{"a", 1}})), {"b", "2"}}) ==
          R"({"inner":{"a":1},"b":"2"})");
    CHECK(compact_text(odd) == compact(Json(odd)));
    CHECK(compact_text("not \xff UTF-8") == compact(Json("not \xff UTF-8")));
}

TEST_CASE("members stand in the order in which they were written") {
    Json value;
    for (int i = 0; i < 20; ++i) value["name" + std::to_string(19 - i)] = Json{{"number", i}};
    value["name19"] = "again";
    CHECK(value.size() == 20);
    CHECK(value.begin().key() == "name19");
    CHECK(value.front() == "again");
    CHECK(value["name0"]["number"] == 19);
    CHECK(value.erase("name19") == 1);
    CHECK(value.erase("name19") == 0);
    CHECK(value.begin().key() == "name18");
    CHECK(std::as_const(value).at("name18").at("number") == 1);
    CHECK_THROWS_AS(std::as_const(value).at("name19"), std::exception);
    Json copy = value;
    CHECK(copy == value);
    copy.erase(copy.begin());
    CHECK(copy != value);
    CHECK(copy.find("name18") == copy.end());
    CHECK(copy.count("name17") == 1);
    value.update(Json{{"name17", "new"}, {"last", 1}});
    CHECK(value.back() == 1);
    CHECK(value["name17"] == "new");
}

TEST_CASE("of two members of one name the later value stands in the earlier place") {
    CHECK(compact(parse_json(R"({"a":1,"b":2,"a":3})")) == R"({"a":3,"b":2})");
}

}  // namespace azid::test
