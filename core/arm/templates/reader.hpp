// Reads JSON as Resource Manager reads the body of a deployment: az sends the template's file as it is, with
// its comments, its texts over several lines and an unquoted key before it.
#pragma once

#include "core/base/json.hpp"

#include <map>
#include <string>
#include <string_view>

namespace azid::arm::templates {

// Where a value was read: the line, counted from 1, and how many characters of the line had been read when
// the value, or its opening bracket, was. Resource Manager's refusals name both (recorded answers).
struct Position {
    int line = 1;
    int column = 0;
};

// By path from the top: "properties.template.resources[0].name".
using Positions = std::map<std::string, Position, std::less<>>;

// Takes besides strict JSON: comments, keys without quotes, quotes of either kind, texts over several lines
// and commas before a closing bracket. Notes every value's position where positions is given. Throws Error
// (fault::invalid_request_content) with the line and column of what is wrong.
Json read_json(std::string_view text, Positions* positions = nullptr);

}  // namespace azid::arm::templates
