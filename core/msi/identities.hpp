// User-assigned identities: Microsoft.ManagedIdentity/userAssignedIdentities. Each is an ARM resource with a
// service principal that is made and removed with it. Bodies are ARM's JSON.
#pragma once

#include "core/arm/registry.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace azid::msi {

inline constexpr std::string_view identity_type = "Microsoft.ManagedIdentity/userAssignedIdentities";
inline constexpr std::string_view federated_type =
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";

// PUT: creates the identity, or replaces the tags of one; its ids stay. Throws Error: AuthorizationFailed,
// ResourceGroupNotFound, InvalidResourceName, and the envelope's.
Json put_identity(Session& session, const arm::ResourceId& id, const Json& body);
// PATCH: replaces the tags if the body has some. Throws Error: AuthorizationFailed, ResourceNotFound.
Json patch_identity(Session& session, const arm::ResourceId& id, const Json& body);
Json get_identity(Session& session, const arm::ResourceId& id);
// Those of a group, or with an empty group of the subscription, that the caller may read.
std::vector<Json> list_identities(Session& session, std::string_view subscription, std::string_view group);
// Removes the identity and its service principal. Its role assignments stay behind, orphaned, and hosts keep
// a stale reference (managed identities' FAQ). False when there was none.
bool remove_identity(Session& session, const arm::ResourceId& id);

// POST listAssociatedResources:
// {"totalCount":n,"value":[{"id","name","type","resourceGroup","subscriptionId",
// "subscriptionDisplayName"}]}, the hosts that name the identity.
Json associated_resources(Session& session, const arm::ResourceId& id, const Json& body);

// What the registry of resource types needs to know of this provider.
std::span<const arm::ResourceType> resource_types();

}  // namespace azid::msi
