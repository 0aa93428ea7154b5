// What is seen of the management group tree as a whole: its entities, names and settings.
#include "core/arm/management_groups.hpp"
#include "core/arm/management_tree.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm {

namespace {

constexpr std::string_view type_name = "Microsoft.Management/managementGroups";

// What the caller may do at the scope, in the words of getEntities.
std::string permission_at(Session& session, const std::string& scope, std::string_view type) {
    for (const auto& [verb, word] :
         {std::pair{"delete", "delete"}, std::pair{"write", "edit"}, std::pair{"read", "view"}})
        if (rbac::may(session, fmt::format("{}/{}", type, verb), scope)) return word;
    return "noaccess";
}

// One node on the way down, with the names of all above it.
struct Node {
    std::string scope;
    std::string name;
    std::string display_name;
    std::string_view type;
    std::vector<std::string> names;
    std::vector<std::string> display_names;
};

struct Counts {
    std::size_t children = 0;
    std::size_t groups = 0;
    std::size_t descendants = 0;
};

Json wire(Session& session, const Node& node, const std::string& permission, const Counts& counts) {
    Json parent = nullptr;
    if (!node.names.empty()) parent = {{"id", management_group_scope(node.names.back())}};
    return {{"id", node.scope},
            {"type", node.type},
            {"name", node.name},
            {"properties",
             {{"tenantId", session.caller.tenant_id},
              {"displayName", node.display_name},
              {"parent", std::move(parent)},
              {"permissions", permission},
              {"inheritedPermissions", permission},
              {"numberOfDescendants", counts.descendants},
              {"numberOfChildren", counts.children},
              {"numberOfChildGroups", counts.groups},
              {"parentDisplayNameChain", node.display_names},
              {"parentNameChain", node.names}}}};
}

// Adds the node's own entry before those of what is below, when the caller sees any of them.
void walk(Session& session, const Node& node, std::vector<Json>& found) {
    std::vector<Json> below;
    Node child;
    child.names = node.names;
    child.display_names = node.display_names;
    child.names.push_back(node.name);
    child.display_names.push_back(node.display_name);
    const std::vector<ManagementGroup> groups = groups_right_below(session, node.name);
    for (const ManagementGroup& group : groups) {
        child.scope = management_group_scope(group.name);
        child.name = group.name;
        child.display_name = group.display_name;
        child.type = type_name;
        walk(session, child, below);
    }
    const std::vector<Subscription> subscriptions = subscriptions_right_below(session, node.name);
    for (const Subscription& subscription : subscriptions) {
        child.scope = subscription_scope(subscription.id);
        child.name = subscription.id;
        child.display_name = subscription.name;
        child.type = "/subscriptions";
        const std::string permission =
            permission_at(session, child.scope, "Microsoft.Resources/subscriptions");
        if (permission != "noaccess") below.push_back(wire(session, child, permission, {}));
    }
    const std::string permission = permission_at(session, node.scope, type_name);
    if (permission == "noaccess" && below.empty()) return;
    found.push_back(
        wire(session, node, permission, {groups.size() + subscriptions.size(), groups.size(), below.size()}));
    for (Json& one : below) found.push_back(std::move(one));
}

void require_root(const Session& session, std::string_view name) {
    if (iequals(name, session.caller.tenant_id)) return;
    throw Error(fault::bad_request,
                fmt::format("Hierarchy settings belong to the root management group '{}' alone, not to '{}'.",
                            session.caller.tenant_id, name));
}

void authorise_settings(Session& session, std::string_view verb, std::string_view name) {
    rbac::authorise(session, fmt::format("{}/settings/{}", type_name, verb), management_group_scope(name));
}

Json settings_wire(const Session& session, const Json& settings) {
    Json properties{{"tenantId", session.caller.tenant_id}};
    for (const auto& [name, value] : settings.items()) properties[name] = value;
    return {{"id", management_group_scope(session.caller.tenant_id) + "/settings/default"},
            {"type", "Microsoft.Management/managementGroups/settings"},
            {"name", "default"},
            {"properties", std::move(properties)}};
}

Json parsed(const std::string& settings) { return settings.empty() ? Json::object() : Json::parse(settings); }

// "True" of a script is a boolean too.
Json as_boolean(const Json& value) {
    return value.is_string() ? Json(iequals(value.get<std::string>(), "true")) : value;
}

}  // namespace

std::vector<Json> list_entities(Session& session) {
    const ManagementGroup root = root_management_group(session);
    std::vector<Json> found;
    walk(session, {management_group_scope(root.name), root.name, root.display_name, type_name, {}, {}},
         found);
    return found;
}

Json check_management_group_name(Session& session, std::string_view name) {
    if (!session.arm.find_management_group(name) && !iequals(name, session.caller.tenant_id))
        return {{"nameAvailable", true}};
    return {{"nameAvailable", false},
            {"reason", "AlreadyExists"},
            {"message", "The group with the specified name already exists"}};
}

Json tenant_backfill_status(Session& session) {
    return {{"tenantId", session.caller.tenant_id}, {"status", "Completed"}};
}

Json put_hierarchy_settings(Session& session, std::string_view name, const Json& body, bool replace) {
    authorise_settings(session, "write", name);
    require_root(session, name);
    const std::string& tenant = session.caller.tenant_id;
    Json settings = replace ? Json::object() : parsed(session.arm.hierarchy_settings(tenant));
    const Json* guarded = find(body, "properties.requireAuthorizationForGroupCreation");
    if (guarded != nullptr && !guarded->is_null())
        settings["requireAuthorizationForGroupCreation"] = as_boolean(*guarded);
    const Json* home = find(body, "properties.defaultManagementGroup");
    if (home != nullptr && home->is_string()) {
        const std::string id = home->get<std::string>();
        settings["defaultManagementGroup"] =
            require_management_group(session, id.substr(id.rfind('/') + 1)).name;
    }
    session.arm.save_hierarchy_settings(tenant, compact(settings));
    return settings_wire(session, settings);
}

Json get_hierarchy_settings(Session& session, std::string_view name) {
    authorise_settings(session, "read", name);
    require_root(session, name);
    const std::string settings = session.arm.hierarchy_settings(session.caller.tenant_id);
    if (settings.empty())
        throw Error(fault::not_found,
                    fmt::format("'{}/settings/default' not found", management_group_scope(name)));
    return settings_wire(session, parsed(settings));
}

bool delete_hierarchy_settings(Session& session, std::string_view name) {
    authorise_settings(session, "delete", name);
    require_root(session, name);
    if (session.arm.hierarchy_settings(session.caller.tenant_id).empty()) return false;
    session.arm.save_hierarchy_settings(session.caller.tenant_id, "");
    return true;
}

std::string default_management_group(Session& session, std::string_view tenant) {
    const std::string name =
        text_at(parsed(session.arm.hierarchy_settings(tenant)), "defaultManagementGroup");
    return session.arm.find_management_group(name) ? name : std::string();
}

}  // namespace azid::arm
