// The expected texts are those of knack with tabulate 0.8.9.
#include "cli/render/table_columns.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using azid::Json;

namespace {

std::string table(const char* json) { return azid::render::render_table(Json::parse(json), {}); }

std::string shaped(const char* json) {
    return azid::render::render_table(Json::parse(json), {.colour = false, .sort_keys = false});
}

}  // namespace

TEST_CASE("a table shows scalars under headers with a capital") {
    CHECK(table(R"([{"name": "a", "n": 1}, {"name": "bb", "n": 22}])") ==
          "N    Name\n---  ------\n1    a\n22   bb\n");
}

TEST_CASE("a table leaves out id, type, etag, null and whatever is nested") {
    CHECK(table(R"({"id": 1, "type": 2, "etag": 3, "Id": 4, "a": null, "b": [], "c": {}, "d": false})") ==
          "Id    D\n----  -----\n4     False\n");
    CHECK(table(R"([{"id": 1}, {"a": null}])") == "\n");
}

TEST_CASE("rows that a query shaped keep their order") {
    CHECK(shaped(R"([{"Name": "x", "Age": 1}])") == "Name    Age\n------  -----\nx       1\n");
}

TEST_CASE("columns are the union over the rows") {
    CHECK(table(R"([{"a": 1, "x": 1}, {"b": 2}, "s", null])") ==
          "A    X    B    Result\n---  ---  ---  --------\n1    1\n          2\n               s\n\n");
}

TEST_CASE("rows that are lists have numbered columns and Python's text") {
    CHECK(table(R"([["a", null, {"x": "it's", "y": [null, true]}], ["b", 1.0]])") ==
          "Column1    Column2    Column3\n---------  ---------  --------------------------------\n"
          "a                     {'x': \"it's\", 'y': [None, True]}\nb          1.0\n");
}

TEST_CASE("headers that become equal share a column") {
    CHECK(table(R"({"a": 1, "A": 2, "b": 3})") == "A    B\n---  ---\n1    3\n");
}

TEST_CASE("cells with line breaks take several lines") {
    CHECK(table(R"([{"a": "x\ny\n", "b": "p"}, {"a": "", "b": ""}, {"a": "z"}])") ==
          "A    B\n---  ---\nx    p\ny\nz\n");
}

TEST_CASE("blanks around a cell go and capitals may lie outside of ASCII") {
    CHECK(table(R"({"éa": "  lead", "ключ": "trail\u00a0\t", "c": ""})") ==
          "C    Éa    Ключ\n---  ----  ------\n     lead  trail\n");
}

TEST_CASE("colour sequences take no width") {
    CHECK(table(R"([{"a": "\u001b[31mred\u001b[0m", "b": 1}, {"a": "green", "b": 2}])") ==
          "A      B\n-----  ---\n\x1b[31mred\x1b[0m    1\ngreen  2\n");
}
