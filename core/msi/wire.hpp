// The managed identity resource provider's structs as Azure's JSON.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/msi/model.hpp"

namespace azid::msi {

// An identity: "id" has lower-case "resourcegroups", tags are {} where none were given (recorded answers).
Json identity_wire(const arm::Resource& identity);
// A federated credential below its identity.
Json federated_wire(const FederatedCredential& credential);

}  // namespace azid::msi
