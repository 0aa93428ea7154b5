#include "cli/commands/json_argument.hpp"

#include <doctest/doctest.h>

using azid::commands::python_json_complaint;

TEST_CASE("broken JSON is complained about as Python does") {
    CHECK(python_json_complaint("{bad") ==
          "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)");
    CHECK(python_json_complaint("") == "Expecting value: line 1 column 1 (char 0)");
    CHECK(python_json_complaint("bad") == "Expecting value: line 1 column 1 (char 0)");
    CHECK(python_json_complaint("{\"a\" 1}") == "Expecting ':' delimiter: line 1 column 6 (char 5)");
    CHECK(python_json_complaint("{\"a\": 1\n \"b\": 2}") ==
          "Expecting ',' delimiter: line 2 column 2 (char 9)");
    CHECK(python_json_complaint("{\"a\": }") == "Expecting value: line 1 column 7 (char 6)");
    CHECK(python_json_complaint("[1, 2") == "Expecting ',' delimiter: line 1 column 6 (char 5)");
    CHECK(python_json_complaint("{\"a\": \"b") ==
          "Unterminated string starting at: line 1 column 7 (char 6)");
    CHECK(python_json_complaint("{} x") == "Extra data: line 1 column 4 (char 3)");
    CHECK(python_json_complaint("{\"a\": 1,}") ==
          "Expecting property name enclosed in double quotes: line 1 column 9 (char 8)");
    CHECK(python_json_complaint("\"a\\q\"") == "Invalid \\escape: line 1 column 3 (char 2)");
    CHECK(python_json_complaint("{\"a\": [1, -2.5e3, true, null]}").empty());
}
