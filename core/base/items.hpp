// A list whose items are made one after the other, and only where they are wanted: it may be of a million.
#pragma once

#include "core/base/json.hpp"

#include <functional>
#include <string>

namespace azid {

// Is told of an item by its id; the function makes it, or null where the caller may not see it.
using ItemVisit = std::function<void(const std::string& id, const std::function<Json()>& shown)>;
// Tells the visit of all items, always in the same order. What the visit throws ends that.
using EachItem = std::function<void(const ItemVisit& visit)>;

}  // namespace azid
