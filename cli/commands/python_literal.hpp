// Python's literals, which az takes wherever JSON is expected and the JSON reader fails.
#pragma once

#include "core/base/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::commands {

// Reads JSON, else a Python literal: None, True, numbers, strings in either quotes, lists, tuples, dicts with
// text keys. False, and value untouched, when the text is neither.
bool json_or_literal(std::string_view text, Json& value);

// A list of texts as Python prints it: ['a', 'b'].
std::string python_list(const std::vector<std::string>& texts);

// What Python's bool() makes of a value: empty texts, lists and objects, 0, false and null are false.
bool python_truth(const Json& value);

}  // namespace azid::commands
