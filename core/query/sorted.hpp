// The order in which az prints the members of an object that the user did not compose himself.
#pragma once

#include "core/base/json.hpp"

namespace azid::query {

// A copy whose objects, at every depth, have their keys in code point order; arrays stay as they are.
Json sorted(const Json& value);

}  // namespace azid::query
