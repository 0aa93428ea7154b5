// Looking around in the tree of management groups, and its JSON. Authorises nobody.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::arm {

// The root group of the caller's tenant.
ManagementGroup root_management_group(Session& session);
// By name, the root included. Throws Error (fault::not_found).
ManagementGroup require_management_group(Session& session, std::string_view name);

// The name of the group that the subscription is right below: the tenant's id for the root.
std::string group_of_subscription(Session& session, std::string_view subscription);
std::vector<ManagementGroup> groups_right_below(Session& session, std::string_view name);
std::vector<Subscription> subscriptions_right_below(Session& session, std::string_view name);
// How many levels of groups the group and those below it make: 1 when it has none.
std::size_t height_below(Session& session, std::string_view name);

// {"id","type","name","properties":{"tenantId","displayName","details":{...}}}.
Json management_group_wire(Session& session, const ManagementGroup& group);
// What is right below, groups first; with recurse each with its own children.
Json children_wire(Session& session, std::string_view name, bool recurse);
// Everything below as a flat list.
std::vector<Json> descendants_wire(Session& session, std::string_view name);
Json group_subscription_wire(const Subscription& subscription, std::string_view group);

}  // namespace azid::arm
