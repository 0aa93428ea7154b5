// The envelope that all resources share: reading it from a request, writing it to an answer, the checks every
// provider makes.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::arm {

// Throws Error: SubscriptionNotFound, ResourceGroupNotFound.
Subscription require_subscription(Session& session, std::string_view id);
Group require_group(Session& session, std::string_view subscription, std::string_view name);
// Throws Error: ResourceGroupNotFound, or ResourceNotFound in ARM's words.
Resource require_resource(Session& session, const ResourceId& id);

// A resource as a PUT makes it: the existing one with the body's envelope laid over it, or a new one.
// Location, tags, sku, kind, zones, plan and properties are taken from the body as sent; the identity block
// is left alone (it is msi's). Throws Error when the group is missing, or the location is missing, unknown or
// another than before.
Resource resource_from(Session& session, const ResourceId& id, const Json& body);

// What resource_from finds wrong with the location alone.
void check_location(Session& session, const ResourceId& id, const Json& body);

// ARM's JSON: id, name, type, location, then what there is of kind, tags, sku, zones, plan, identity, etag,
// and properties last. systemData is left to the types that show it.
Json wire(const Resource& resource);
// The identity block: {"type":"SystemAssigned, UserAssigned","principalId":...,"tenantId":...,
// "userAssignedIdentities":{id:{"principalId","clientId"}}}; null when there is none.
Json identity_wire(const IdentityBlock& identity, std::string_view tenant_id);
Json system_data(const Resource& resource);

// The tenant that the subscription trusts.
std::string tenant_of(Session& session, std::string_view subscription);

// Plain put, get and remove for types without behaviour of their own: authorise, check, keep.
Json put_plain(Session& session, const ResourceId& id, const Json& body);
Json get_plain(Session& session, const ResourceId& id);
bool remove_plain(Session& session, const ResourceId& id);

// Takes a stored resource away with all that hangs on it: child resources and the role assignments at or
// below it.
void erase(Session& session, const Resource& resource);

// All resources of the subscription that the caller may read, as the generic list shows them (no properties).
// Empty group or type means any.
std::vector<Json> list_resources(Session& session, std::string_view subscription, std::string_view group,
                                 std::string_view type);

}  // namespace azid::arm
