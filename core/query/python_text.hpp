// How Python writes values down; az's error messages and to_string() show it.
#pragma once

#include "core/base/json.hpp"

#include <string>

namespace azid::query {

// repr() of a float: the shortest digits that read back the same, "1.0", "1e+22", "1e-07", "inf", "nan".
std::string python_float(double number);

// str() of a value: a string is itself, all else as repr(): None, True, [1, 'a'], {'k': 1.5}.
std::string python_str(const Json& value);

// json.dumps() with the separators "," and ":": members in their order, non-ASCII characters escaped.
std::string python_json(const Json& value);

}  // namespace azid::query
