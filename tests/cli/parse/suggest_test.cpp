#include "cli/parse/suggest.hpp"

#include <doctest/doctest.h>

using namespace azid;

TEST_CASE("likeness of words is measured as Python's difflib does") {
    CHECK(parse::likeness("show", "shwo") == doctest::Approx(0.75));
    CHECK(parse::likeness("table", "tabel") == doctest::Approx(0.8));
    CHECK(parse::likeness("restart", "stat") == doctest::Approx(0.7272727));
    CHECK(parse::likeness("aabab", "abaab") == doctest::Approx(0.6));
    CHECK(parse::likeness("identity", "idenitty") == doctest::Approx(0.875));
    CHECK(parse::likeness("", "") == 1.0);
    CHECK(parse::likeness("", "a") == 0.0);
}

TEST_CASE("the closest word is offered from 0.7 on") {
    CHECK(parse::closest("shwo", {"list", "show", "create"}) == "show");
    CHECK(parse::closest("xml", {"json", "yaml", "table"}) == "");
    CHECK(parse::closest("jsn", {"json", "jsonc"}) == "json");
    CHECK(parse::closest(std::string(100000, 'a'), {"a"}) == "");
}
