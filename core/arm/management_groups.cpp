#include "core/arm/management_groups.hpp"

#include "core/arm/management_tree.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/ownership.hpp"
#include "core/rbac/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm {

namespace {

constexpr std::string_view type_name = "Microsoft.Management/managementGroups";
// Below the root (learn.microsoft.com, "Organize your resources with management groups").
constexpr std::size_t most_levels = 6;

void authorise(Session& session, std::string_view verb, std::string_view name) {
    rbac::authorise(session, fmt::format("{}/{}", type_name, verb), management_group_scope(name));
}

bool is_root(const Session& session, std::string_view name) {
    return iequals(name, session.caller.tenant_id);
}

// 1 to 90 letters, digits and "-_().".
void check_name(std::string_view name) {
    const auto allowed = [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("-_().").find(static_cast<char>(c)) != std::string_view::npos;
    };
    if (!name.empty() && name.size() <= 90 && !name.ends_with('.') &&
        std::all_of(name.begin(), name.end(), allowed))
        return;
    throw Error(fault::bad_request,
                fmt::format("The management group name '{}' is not valid: it takes 1 to 90 letters, digits, "
                            "'-', '_', '(', ')' and '.', and does not end with '.'.",
                            name));
}

// The parent of the body as a name; empty for the root.
std::string parent_of(const Session& session, const Json* given) {
    if (given == nullptr || !given->is_string()) return {};
    const std::string id = given->get<std::string>();
    const std::string name = id.substr(id.rfind('/') + 1);
    return is_root(session, name) ? std::string() : name;
}

void check_parent(Session& session, const ManagementGroup& group) {
    if (group.parent.empty()) return;
    require_management_group(session, group.parent);
    const std::vector<std::string> above = session.arm.management_groups_above(group.parent);
    for (const std::string& scope : above)
        if (iequals(scope, management_group_scope(group.name)))
            throw Error(fault::bad_request,
                        fmt::format("The management group '{}' cannot be moved below itself.", group.name));
    if (iequals(group.parent, group.name))
        throw Error(fault::bad_request,
                    fmt::format("The management group '{}' cannot be moved below itself.", group.name));
    // The root in "above" counts for nothing, the parent itself for one.
    if (above.size() + height_below(session, group.name) > most_levels)
        throw Error(fault::bad_request,
                    fmt::format("The management group '{}' would be deeper in the tree than the {} levels "
                                "that are allowed.",
                                group.name, most_levels));
}

// Creating below the root is free to users unless the settings say otherwise.
void authorise_creation(Session& session, const ManagementGroup& group) {
    const std::string settings = session.arm.hierarchy_settings(session.caller.tenant_id);
    const Json parsed = settings.empty() ? Json::object() : Json::parse(settings);
    const bool guarded = parsed.value("requireAuthorizationForGroupCreation", false);
    if (group.parent.empty() && !guarded && session.caller.is_user) return;
    authorise(session, "write", group.parent.empty() ? session.caller.tenant_id : group.parent);
}

void stamp(Session& session, ManagementGroup& group) {
    group.changed = session.now;
    group.changed_by = session.caller.object_id;
}

}  // namespace

Json put_management_group(Session& session, std::string_view name, const Json& body) {
    const std::optional<ManagementGroup> before = session.arm.find_management_group(name);
    ManagementGroup group;
    if (before) group = *before;
    if (!before) {
        group.name = name;
        group.tenant_id = session.caller.tenant_id;
        group.created = session.now;
    }
    const Json* parent = find(body, "properties.details.parent.id");
    if (!before || (parent != nullptr && parent->is_string())) group.parent = parent_of(session, parent);
    const Json* display = find(body, "properties.displayName");
    if (display != nullptr && display->is_string()) group.display_name = display->get<std::string>();
    if (group.display_name.empty()) group.display_name = group.name;
    if (is_root(session, name) || before)
        authorise(session, "write", name);
    else
        authorise_creation(session, group);
    if (is_root(session, name))
        throw Error(fault::bad_request, "The tenant's root management group cannot be changed in azid.");
    check_name(name);
    check_parent(session, group);
    stamp(session, group);
    if (before) ++group.version;
    session.arm.save(group);
    if (!before)
        rbac::make_owner(session, session.caller.object_id,
                         session.caller.is_user ? "User" : "ServicePrincipal",
                         management_group_scope(group.name));
    session.note("arm", before ? "management group changed" : "management group created",
                 management_group_scope(group.name));
    return management_group_wire(session, group);
}

Json patch_management_group(Session& session, std::string_view name, const Json& body) {
    authorise(session, "write", name);
    if (is_root(session, name))
        throw Error(fault::bad_request, "The tenant's root management group cannot be changed in azid.");
    ManagementGroup group = require_management_group(session, name);
    const Json* display = find(body, "displayName");
    if (display != nullptr && display->is_string()) group.display_name = display->get<std::string>();
    const Json* parent = find(body, "parentGroupId");
    if (parent != nullptr && parent->is_string()) {
        const std::string there = parent_of(session, parent);
        if (!there.empty()) authorise(session, "write", there);
        if (!group.parent.empty()) authorise(session, "write", group.parent);
        group.parent = there;
    }
    check_parent(session, group);
    stamp(session, group);
    ++group.version;
    session.arm.save(group);
    session.note("arm", "management group changed", management_group_scope(group.name));
    return management_group_wire(session, group);
}

Json get_management_group(Session& session, std::string_view name, bool children, bool recurse) {
    authorise(session, "read", name);
    const ManagementGroup group = require_management_group(session, name);
    Json body = management_group_wire(session, group);
    if (children) {
        Json below = children_wire(session, group.name, recurse);
        body["properties"]["children"] = below.empty() ? Json(nullptr) : std::move(below);
    }
    return body;
}

std::vector<Json> list_management_groups(Session& session) {
    std::vector<ManagementGroup> all = session.arm.management_groups();
    all.insert(all.begin(), root_management_group(session));
    std::vector<Json> found;
    for (const ManagementGroup& group : all)
        if (iequals(group.tenant_id, session.caller.tenant_id) &&
            rbac::may(session, fmt::format("{}/read", type_name), management_group_scope(group.name)))
            found.push_back(
                {{"id", management_group_scope(group.name)},
                 {"type", type_name},
                 {"name", group.name},
                 {"properties", {{"tenantId", group.tenant_id}, {"displayName", group.display_name}}}});
    return found;
}

bool delete_management_group(Session& session, std::string_view name) {
    authorise(session, "delete", name);
    if (is_root(session, name))
        throw Error(fault::bad_request, "The tenant's root management group cannot be deleted.");
    if (!session.arm.find_management_group(name)) return false;
    if (!children_wire(session, name, false).empty())
        throw Error(fault::bad_request,
                    fmt::format("The management group '{}' cannot be deleted: it still has management groups "
                                "or subscriptions below it. Move them first.",
                                name));
    session.rbac.erase_role_assignments_below(management_group_scope(name));
    session.arm.erase_management_group(name);
    session.note("arm", "management group deleted", management_group_scope(name));
    return true;
}

std::vector<Json> list_descendants(Session& session, std::string_view name) {
    authorise(session, "read", name);
    require_management_group(session, name);
    return descendants_wire(session, name);
}

Json put_group_subscription(Session& session, std::string_view name, std::string_view subscription) {
    const bool to_root = is_root(session, name);
    if (!to_root) authorise(session, "subscriptions/write", name);
    const ManagementGroup group = require_management_group(session, name);
    const Subscription moved = require_subscription(session, subscription);
    rbac::authorise(session, "Microsoft.Authorization/roleAssignments/write", subscription_scope(moved.id));
    const std::string before = group_of_subscription(session, moved.id);
    if (!is_root(session, before) && !iequals(before, name))
        authorise(session, "subscriptions/write", before);
    if (!iequals(moved.tenant_id, group.tenant_id))
        throw Error(fault::bad_request,
                    fmt::format("The subscription '{}' is of another tenant than the management group '{}'.",
                                moved.id, group.name));
    session.arm.place_subscription(moved.id, to_root ? "" : group.name);
    session.note("arm", "subscription moved", subscription_scope(moved.id), compact({{"to", group.name}}));
    return group_subscription_wire(moved, group.name);
}

Json get_group_subscription(Session& session, std::string_view name, std::string_view subscription) {
    authorise(session, "subscriptions/read", name);
    const ManagementGroup group = require_management_group(session, name);
    const Subscription found = require_subscription(session, subscription);
    if (!iequals(group_of_subscription(session, found.id), group.name))
        throw Error(fault::not_found,
                    fmt::format("The subscription '{}' is not right below the management group '{}'.",
                                found.id, group.name));
    return group_subscription_wire(found, group.name);
}

std::vector<Json> list_group_subscriptions(Session& session, std::string_view name) {
    authorise(session, "subscriptions/read", name);
    const ManagementGroup group = require_management_group(session, name);
    std::vector<Json> found;
    for (const Subscription& subscription : subscriptions_right_below(session, group.name))
        found.push_back(group_subscription_wire(subscription, group.name));
    return found;
}

bool delete_group_subscription(Session& session, std::string_view name, std::string_view subscription) {
    authorise(session, "subscriptions/delete", name);
    const ManagementGroup group = require_management_group(session, name);
    const Subscription found = require_subscription(session, subscription);
    if (!iequals(group_of_subscription(session, found.id), group.name)) return false;
    session.arm.place_subscription(found.id, "");
    session.note("arm", "subscription moved", subscription_scope(found.id),
                 compact({{"to", found.tenant_id}}));
    return true;
}

}  // namespace azid::arm
