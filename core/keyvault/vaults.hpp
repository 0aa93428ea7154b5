// Vaults as ARM resources: Microsoft.KeyVault/vaults. A vault's name is taken everywhere until it is purged.
#pragma once

#include "core/arm/model.hpp"
#include "core/arm/registry.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/keyvault/model.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azid::keyvault {

// PUT. Throws Error: AuthorizationFailed, VaultNameNotValid, VaultAlreadyExists, ConflictError (a deleted
// vault of that name), BadRequest. "createMode": "recover" brings a deleted vault back.
Json put_vault(Session& session, const arm::ResourceId& id, const Json& body);
// PATCH: tags, and the members of properties that are given.
Json patch_vault(Session& session, const arm::ResourceId& id, const Json& body);
Json get_vault(Session& session, const arm::ResourceId& id);
// Those the caller may read, with their properties; an empty group means the whole subscription.
std::vector<Json> list_vaults(Session& session, std::string_view subscription, std::string_view group);
// Soft-deletes it: the name stays taken, the secrets stay, the role assignments go and do not come back.
// False when there is no such vault.
bool delete_vault(Session& session, const arm::ResourceId& id);

// The live vault of that name in the subscription. Empty when there is none.
std::optional<arm::ResourceId> find_vault_id(Session& session, std::string_view subscription,
                                             std::string_view name);

// Deleted vaults of the subscription, in ARM's form.
std::vector<Json> list_deleted_vaults(Session& session, std::string_view subscription);
Json get_deleted_vault(Session& session, std::string_view subscription, std::string_view name);
// For good: the name is free again. Throws Error: DeletedVaultNotFound, MethodNotAllowed under purge
// protection.
void purge_vault(Session& session, std::string_view subscription, std::string_view name);

std::span<const arm::ResourceType> resource_types();

}  // namespace azid::keyvault
