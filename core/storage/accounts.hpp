// Storage accounts as ARM resources: Microsoft.Storage/storageAccounts. An account's name is unique in all of
// Azure, for it becomes part of host names. Source of the shapes: Microsoft.Storage's REST reference.
#pragma once

#include "core/arm/model.hpp"
#include "core/arm/registry.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azid::storage {

// PUT; over an existing account what the body leaves out stays. Throws Error: AuthorizationFailed,
// AccountNameInvalid, StorageAccountAlreadyTaken, BadRequest (an unknown sku or kind), NotModelled (an
// identity of the account's own).
Json put_account(Session& session, const arm::ResourceId& id, const Json& body);
// PATCH: tags, and the members of properties that are given.
Json patch_account(Session& session, const arm::ResourceId& id, const Json& body);
// Throws Error: AuthorizationFailed, ResourceNotFound.
Json get_account(Session& session, const arm::ResourceId& id);
// Those the caller may read; an empty group means the whole subscription.
std::vector<Json> list_accounts(Session& session, std::string_view subscription, std::string_view group);
// For good, with all containers and blobs; the name is free again. False when there is no such account.
bool delete_account(Session& session, const arm::ResourceId& id);

// The account of that name in the subscription, if the caller may read it. Empty when there is none.
std::optional<arm::ResourceId> find_account_id(Session& session, std::string_view subscription,
                                               std::string_view name);

// Whether it is 3 to 24 lower-case letters and digits, and what Azure says of one that is not.
bool is_account_name(std::string_view name);
std::string account_name_refusal(std::string_view name);

std::span<const arm::ResourceType> resource_types();

}  // namespace azid::storage
