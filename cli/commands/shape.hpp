// az's reshaping of Azure's answers: its models have a fixed set of fields, unset ones printed as null.
#pragma once

#include "core/base/json.hpp"

#include <string_view>

namespace azid::commands {

// The members of "properties" moved to the top level (without overwriting), "properties" itself gone.
Json flattened(Json body);

// An object of exactly these members (space-separated), null where the body has none; null stays null.
Json with_fields(const Json& body, std::string_view fields);

// Adds the missing ones of these members (space-separated) as null to the object at a dotted path, where
// there is such an object; "items[].x" style paths go through arrays: "networkProfile.networkInterfaces[]".
void fill_nulls(Json& body, std::string_view path, std::string_view fields);

}  // namespace azid::commands
