// Who may do what in a vault's data plane.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>

namespace azid::keyvault {

// One operation as the two models know it.
struct Operation {
    std::string_view data_action;             // "Microsoft.KeyVault/vaults/secrets/getSecret/action"
    std::string_view permission;              // of an access policy: "get"
    std::string_view collection = "secrets";  // or "keys"
};

// The live vault of that name. Throws Error (fault::client) when there is none: its host name does not
// resolve.
arm::Resource require_vault(Session& session, std::string_view name);

// Decides by the vault's model, at the vault or at one secret or key of it (empty: the vault). Throws Error
// (Forbidden, with innererror ForbiddenByRbac or AccessDenied) in Key Vault's words.
void authorise(Session& session, const arm::Resource& vault, const Operation& operation,
               std::string_view object);

}  // namespace azid::keyvault
