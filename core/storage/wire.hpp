// What an account answers beyond what its client sent.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"

#include <string_view>

namespace azid::storage {

// The redundancy that a sku name ends with keeps a second copy in the paired region (GRS, RAGRS, GZRS,
// RAGZRS).
bool is_geo_redundant(std::string_view sku);
// ... and lets clients read it there (RAGRS, RAGZRS).
bool is_read_access(std::string_view sku);

// The account's properties in the order of Azure's answers: those kept of the client's, those Azure adds.
Json account_properties(const arm::Resource& account, const Json& kept);

// The account in ARM's JSON.
Json account_wire(const arm::Resource& account);

}  // namespace azid::storage
