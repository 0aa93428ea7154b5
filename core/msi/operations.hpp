// What the managed identity resource provider can be asked to do: the words of role definitions.
#pragma once

#include "core/base/json.hpp"

#include <vector>

namespace azid::msi {

// Each {"name", "display": {"provider", "resource", "operation", "description"}}, as GET
// /providers/Microsoft.ManagedIdentity/operations lists them (recorded answer; the descriptions are ours).
std::vector<Json> operations();

}  // namespace azid::msi
