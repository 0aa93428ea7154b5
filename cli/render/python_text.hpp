// Values as Python's str() and repr() write them, which is what az prints in tsv and table cells.
#pragma once

#include "core/base/json.hpp"

#include <string>
#include <utility>
#include <vector>

namespace azid::render {

// repr(): {'x': 1}, [None, True], 'it\'s'. Members keep their order.
std::string python_repr(const Json& value);

// str(): as repr(), but a string stands for itself.
std::string python_str(const Json& value);

// The members of an object ordered by the code points of their keys, as Python's sorted() does.
std::vector<std::pair<const std::string*, const Json*>> sorted_members(const Json& object);

}  // namespace azid::render
