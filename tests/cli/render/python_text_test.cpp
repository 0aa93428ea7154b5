#include "cli/render/python_text.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using azid::Json;
using azid::render::python_repr;
using azid::render::python_str;

TEST_CASE("values read as Python prints them") {
    CHECK(python_repr(Json::parse(R"({"x": 1, "a": [null, true, false, 1.0, -2], "e": {}})")) ==
          "{'x': 1, 'a': [None, True, False, 1.0, -2], 'e': {}}");
    CHECK(python_str("it's") == "it's");
    CHECK(python_str(nullptr) == "None");
}

TEST_CASE("strings choose the quote that needs no escape") {
    CHECK(python_repr("plain") == "'plain'");
    CHECK(python_repr("it's") == "\"it's\"");
    CHECK(python_repr("it's \"so\"") == "'it\\'s \"so\"'");
}

TEST_CASE("strings escape what cannot be printed") {
    CHECK(python_repr("a\n\t\r\\\x01\x7f") == "'a\\n\\t\\r\\\\\\x01\\x7f'");
    CHECK(python_repr("é\u00a0\u2028世\U000E0001") == "'é\\xa0\\u2028世\\U000e0001'");
}
