// Arithmetic as Python does it: whole numbers stay whole and exact while 64 bits hold the result.
#pragma once

#include "core/base/json.hpp"

#include <string_view>

namespace azid::query {

// All take and give JSON numbers.
Json absolute_of(const Json& number);
Json ceiling_of(const Json& number);
Json floor_of(const Json& number);
Json sum_of(const Json& numbers);

// The number that Python's int() or float() reads in the text; null when it reads none, or one that JSON
// cannot write (infinity, NaN).
Json number_in(std::string_view text);

}  // namespace azid::query
