#include "core/arm/management_tree.hpp"

#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm {

namespace {
constexpr std::string_view type_name = "Microsoft.Management/managementGroups";

std::string last_piece(std::string_view scope) { return std::string(scope.substr(scope.rfind('/') + 1)); }

Json parent_wire(Session& session, const ManagementGroup& group) {
    const ManagementGroup parent = require_management_group(
        session, group.parent.empty() ? std::string_view(group.tenant_id) : std::string_view(group.parent));
    return {{"id", management_group_scope(parent.name)},
            {"name", parent.name},
            {"displayName", parent.display_name}};
}
}  // namespace

ManagementGroup root_management_group(Session& session) {
    ManagementGroup root;
    root.name = session.caller.tenant_id;
    root.tenant_id = session.caller.tenant_id;
    root.display_name = "Tenant Root Group";
    return root;
}

ManagementGroup require_management_group(Session& session, std::string_view name) {
    if (iequals(name, session.caller.tenant_id)) return root_management_group(session);
    const std::optional<ManagementGroup> found = session.arm.find_management_group(name);
    if (found && iequals(found->tenant_id, session.caller.tenant_id)) return *found;
    throw Error(fault::not_found, fmt::format("'{}' not found", management_group_scope(name)));
}

std::string group_of_subscription(Session& session, std::string_view subscription) {
    const std::vector<std::string> above = session.arm.management_groups_above(subscription);
    return above.empty() ? session.caller.tenant_id : last_piece(above.front());
}

std::vector<ManagementGroup> groups_right_below(Session& session, std::string_view name) {
    const bool root = iequals(name, session.caller.tenant_id);
    std::vector<ManagementGroup> found;
    for (const ManagementGroup& group : session.arm.management_groups())
        if (iequals(group.tenant_id, session.caller.tenant_id) &&
            (root ? group.parent.empty() : iequals(group.parent, name)))
            found.push_back(group);
    return found;
}

std::vector<Subscription> subscriptions_right_below(Session& session, std::string_view name) {
    std::vector<Subscription> found;
    for (const Subscription& subscription : session.arm.subscriptions())
        if (iequals(subscription.tenant_id, session.caller.tenant_id) &&
            iequals(group_of_subscription(session, subscription.id), name))
            found.push_back(subscription);
    return found;
}

std::size_t height_below(Session& session, std::string_view name) {
    std::size_t deepest = 0;
    for (const ManagementGroup& group : groups_right_below(session, name))
        deepest = std::max(deepest, height_below(session, group.name));
    return deepest + 1;
}

Json management_group_wire(Session& session, const ManagementGroup& group) {
    Json details{{"version", group.version},
                 {"updatedTime", utc_ticks(group.changed)},
                 {"updatedBy", group.changed_by}};
    const bool root = iequals(group.name, group.tenant_id);
    if (!root) details["parent"] = parent_wire(session, group);
    return {{"id", management_group_scope(group.name)},
            {"type", type_name},
            {"name", group.name},
            {"properties",
             {{"tenantId", group.tenant_id},
              {"displayName", group.display_name},
              {"details", std::move(details)}}}};
}

Json children_wire(Session& session, std::string_view name, bool recurse) {
    Json children = Json::array();
    for (const ManagementGroup& group : groups_right_below(session, name)) {
        Json one{{"type", type_name},
                 {"id", management_group_scope(group.name)},
                 {"name", group.name},
                 {"displayName", group.display_name}};
        if (recurse) {
            Json below = children_wire(session, group.name, true);
            if (!below.empty()) one["children"] = std::move(below);
        }
        children.push_back(std::move(one));
    }
    for (const Subscription& subscription : subscriptions_right_below(session, name))
        children.push_back({{"type", "/subscriptions"},
                            {"id", subscription_scope(subscription.id)},
                            {"name", subscription.id},
                            {"displayName", subscription.name}});
    return children;
}

std::vector<Json> descendants_wire(Session& session, std::string_view name) {
    const auto one = [&](std::string_view type, const std::string& id, const std::string& own,
                         const std::string& display) {
        return Json{
            {"id", id},
            {"type", type},
            {"name", own},
            {"properties", {{"displayName", display}, {"parent", {{"id", management_group_scope(name)}}}}}};
    };
    std::vector<Json> found;
    for (const Subscription& subscription : subscriptions_right_below(session, name))
        found.push_back(
            one("/subscriptions", subscription_scope(subscription.id), subscription.id, subscription.name));
    const std::vector<ManagementGroup> groups = groups_right_below(session, name);
    for (const ManagementGroup& group : groups)
        found.push_back(one(type_name, management_group_scope(group.name), group.name, group.display_name));
    for (const ManagementGroup& group : groups)
        for (Json& below : descendants_wire(session, group.name)) found.push_back(std::move(below));
    return found;
}

Json group_subscription_wire(const Subscription& subscription, std::string_view group) {
    return {{"id", fmt::format("{}/subscriptions/{}", management_group_scope(group), subscription.id)},
            {"type", "Microsoft.Management/managementGroups/subscriptions"},
            {"name", subscription.id},
            {"properties",
             {{"tenant", subscription.tenant_id},
              {"displayName", subscription.name},
              {"parent", {{"id", management_group_scope(group)}}},
              {"state", subscription.state == "Enabled" ? "Active" : subscription.state}}}};
}

}  // namespace azid::arm
