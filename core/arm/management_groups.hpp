// Microsoft.Management: the tree of management groups above a tenant's subscriptions. The root group has the
// tenant's id for a name, holds what is in no other group, and is stored nowhere.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>
#include <vector>

namespace azid::arm {

// Each authorises the caller (Microsoft.Management/managementGroups/...) and throws Error:
// AuthorizationFailed, which also hides what is not there; NotFound; fault::bad_request.

// PUT: body {"name","properties":{"displayName","details":{"parent":{"id"}}}}. Every user of the tenant may
// make one below the root, unless the hierarchy settings ask for the right; whoever makes it is its Owner.
Json put_management_group(Session& session, std::string_view name, const Json& body);
// PATCH: body {"displayName","parentGroupId"}; null leaves as it is.
Json patch_management_group(Session& session, std::string_view name, const Json& body);
// With children: the groups and subscriptions right below; with recurse theirs too.
Json get_management_group(Session& session, std::string_view name, bool children, bool recurse);
// Those that the caller may read.
std::vector<Json> list_management_groups(Session& session);
// It must be empty. False when there was none.
bool delete_management_group(Session& session, std::string_view name);
// All groups and subscriptions below, nearest first.
std::vector<Json> list_descendants(Session& session, std::string_view name);

// Moves the subscription into the group. Takes the right on the group, on the group it leaves (the root asks
// for none) and to assign roles in the subscription.
Json put_group_subscription(Session& session, std::string_view name, std::string_view subscription);
// Throws Error (fault::not_found) when the subscription is not right below the group.
Json get_group_subscription(Session& session, std::string_view name, std::string_view subscription);
std::vector<Json> list_group_subscriptions(Session& session, std::string_view name);
// Moves it back to the root. False when it was not right below the group.
bool delete_group_subscription(Session& session, std::string_view name, std::string_view subscription);

// Everything the caller can see in the tree, with what it may do there ("noaccess" to what is only above).
std::vector<Json> list_entities(Session& session);
// {"nameAvailable","reason","message"}.
Json check_management_group_name(Session& session, std::string_view name);
// {"tenantId","status":"Completed"}: the tree is complete from the beginning.
Json tenant_backfill_status(Session& session);

// The settings of the tree, at the root group alone: {"requireAuthorizationForGroupCreation",
// "defaultManagementGroup"}. PUT replaces, PATCH leaves what is not given.
Json put_hierarchy_settings(Session& session, std::string_view name, const Json& body, bool replace);
// Throws Error (fault::not_found) when there are none.
Json get_hierarchy_settings(Session& session, std::string_view name);
// False when there were none.
bool delete_hierarchy_settings(Session& session, std::string_view name);

// The group that new subscriptions of the tenant go into; empty for the root.
std::string default_management_group(Session& session, std::string_view tenant);

}  // namespace azid::arm
