#include "core/rbac/definitions.hpp"

#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/action.hpp"
#include "core/rbac/assignments.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/scope.hpp"
#include "core/rbac/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::rbac {

namespace {

// Azure's limits.
constexpr std::size_t most_custom_roles = 5000;
constexpr std::size_t most_assignable_scopes = 2000;
constexpr std::size_t longest_role_name = 512;
constexpr std::size_t longest_description = 2048;

constexpr std::string_view read_action = "Microsoft.Authorization/roleDefinitions/read";
constexpr std::string_view write_action = "Microsoft.Authorization/roleDefinitions/write";
constexpr std::string_view delete_action = "Microsoft.Authorization/roleDefinitions/delete";

bool is_assignable_in(const RoleDefinition& role, const std::vector<std::string>& chain) {
    return std::any_of(
        role.assignable_scopes.begin(), role.assignable_scopes.end(), [&](const std::string& assignable) {
            return std::any_of(chain.begin(), chain.end(),
                               [&](const std::string& level) { return same_scope(level, assignable); });
        });
}

bool is_for_something_in(const RoleDefinition& role, std::string_view scope) {
    return std::any_of(role.assignable_scopes.begin(), role.assignable_scopes.end(),
                       [&](const std::string& assignable) { return covers(scope, assignable); });
}

bool is_of_tenant(Session& session, const RoleDefinition& role) {
    return role.tenant_id.empty() || iequals(role.tenant_id, session.caller.tenant_id);
}

[[noreturn]] void refuse(const std::string& message) { throw Error(fault::invalid_role_definition, message); }

RoleDefinition read_body(std::string_view name, const Json& body) {
    const Json* properties = find(body, "properties");
    if (!is_guid(name))
        throw Error(
            fault::invalid_role_definition_id,
            fmt::format("The role definition ID '{}' is not valid. The role definition ID must be a GUID.",
                        name));
    if (properties == nullptr || !properties->is_object())
        throw Error(fault::bad_request_format, "The request was incorrectly formatted.");
    RoleDefinition role;
    role.name = lower(name);
    const Json* role_name = find(*properties, "roleName");
    if (role_name != nullptr && role_name->is_string()) role.role_name = role_name->get<std::string>();
    const Json* description = find(*properties, "description");
    if (description != nullptr && description->is_string())
        role.description = description->get<std::string>();
    role.type = custom_role;
    role.permissions = permissions_of(*properties);
    role.assignable_scopes = texts_of(*properties, "assignableScopes");
    return role;
}

void check_texts(const RoleDefinition& role) {
    if (trim(role.role_name).empty()) refuse("The role definition must have a role name.");
    if (role.role_name.size() > longest_role_name)
        refuse(fmt::format("The role name may have at most {} characters.", longest_role_name));
    if (role.description.size() > longest_description)
        refuse(fmt::format("The description of a role may have at most {} characters.", longest_description));
    if (role.permissions.empty()) refuse("The role definition must have permissions.");
}

void check_assignable_scopes(const RoleDefinition& role) {
    if (role.assignable_scopes.empty())
        refuse("The role definition must have at least one assignable scope.");
    if (role.assignable_scopes.size() > most_assignable_scopes)
        refuse(fmt::format("A role may have at most {} assignable scopes.", most_assignable_scopes));
    std::size_t management_groups = 0;
    for (const std::string& scope : role.assignable_scopes) {
        if (trimmed_scope(scope) == "/" || scope.find('*') != std::string::npos || !is_scope(scope))
            refuse(fmt::format(
                "'{}' cannot be an assignable scope of a custom role. It must be a management group, a "
                "subscription, a resource group or a resource, without wildcards.",
                scope));
        management_groups += istarts_with(scope, management_group_prefix) ? 1 : 0;
    }
    if (management_groups > 1)
        refuse("A custom role may have only one management group among its assignable scopes.");
}

// Azure knows all operations of all providers and refuses others. azid knows the form of them all, and which
// ones are data actions.
void check_actions(const std::vector<std::string>& actions, bool data) {
    for (const std::string& action : actions) {
        const bool formed = !action.empty() && action.find_first_of(" \t\r\n\\") == std::string::npos &&
                            (action.find('/') != std::string::npos || action.find('*') != std::string::npos);
        const bool misplaced = !data && action.find('*') == std::string::npos && is_data_action(action);
        if (formed && !misplaced) continue;
        Error error(data ? fault::invalid_data_action : fault::invalid_action,
                    fmt::format("'{}' does not match any of the {}actions supported by the providers.",
                                action, data ? "data " : ""));
        if (misplaced) error.with_hint("It is a data action: put it into dataActions.");
        throw error;
    }
}

void check_unique_name(Session& session, const RoleDefinition& role) {
    for (const RoleDefinition& other : session.rbac.role_definitions_named(role.role_name)) {
        if (iequals(other.name, role.name) || !is_of_tenant(session, other)) continue;
        throw Error(
            fault::role_definition_same_name,
            "A custom role with the same name already exists in this directory. Use a different name.");
    }
}

void check_limit(Session& session) {
    std::size_t custom = 0;
    session.rbac.visit_role_definitions(
        [&](const RoleDefinition& role) { custom += role.type == custom_role ? 1 : 0; });
    if (custom >= most_custom_roles)
        throw Error(fault::role_definition_limit_exceeded,
                    "Role definition limit exceeded. No more role definitions can be created.");
}

}  // namespace

void visit_role_definitions(Session& session, std::string_view scope, const DefinitionFilter& filter,
                            const std::function<void(const RoleDefinition&)>& visit) {
    authorise(session, read_action, scope);
    require_scope(session, scope);
    const std::vector<std::string> chain = chain_of(session, scope);
    const DefinitionVisit look_at = [&](const RoleDefinition& role) {
        if (!filter.type.empty() && !iequals(filter.type, role.type)) return;
        const bool is_below = filter.below && is_for_something_in(role, scope);
        if (is_of_tenant(session, role) && (is_below || is_assignable_in(role, chain))) visit(role);
    };
    if (filter.role_name.empty()) return session.rbac.visit_role_definitions(look_at);
    for (const RoleDefinition& role : session.rbac.role_definitions_named(filter.role_name)) look_at(role);
}

std::vector<Json> list_role_definitions(Session& session, std::string_view scope,
                                        const DefinitionFilter& filter) {
    const std::string subscription = arm::subscription_of(scope);
    std::vector<Json> found;
    visit_role_definitions(session, scope, filter,
                           [&](const RoleDefinition& role) { found.push_back(wire(role, subscription)); });
    return found;
}

Json get_role_definition(Session& session, std::string_view scope, std::string_view name) {
    authorise(session, read_action, extension_id(scope, definition_type, name));
    const std::optional<RoleDefinition> role = session.rbac.find_role_definition(name);
    if (!role || !is_of_tenant(session, *role))
        throw Error(
            fault::role_definition_not_found,
            fmt::format("The specified role definition with ID '{}' does not exist.", bare_guid(name)));
    return wire(*role, arm::subscription_of(scope));
}

Json put_role_definition(Session& session, std::string_view scope, std::string_view name, const Json& body,
                         bool* created) {
    authorise(session, write_action, extension_id(scope, definition_type, name));
    RoleDefinition role = read_body(name, body);
    check_texts(role);
    check_assignable_scopes(role);
    for (const std::string& assignable : role.assignable_scopes) {
        authorise(session, write_action, assignable);
        require_scope(session, assignable);
    }
    for (const Permission& permission : role.permissions) {
        check_actions(permission.actions, false);
        check_actions(permission.not_actions, false);
        check_actions(permission.data_actions, true);
        check_actions(permission.not_data_actions, true);
    }
    check_unique_name(session, role);
    const std::optional<RoleDefinition> before = session.rbac.find_role_definition(role.name);
    if (before && before->type != custom_role)
        throw Error(fault::authorization_failed,
                    refusal_text(session.caller, write_action, extension_id(scope, definition_type, name)));
    if (!before) check_limit(session);
    role.tenant_id = session.caller.tenant_id;
    role.created_on = before ? before->created_on : session.now;
    role.created_by = before ? before->created_by : session.caller.object_id;
    role.updated_on = session.now;
    role.updated_by = session.caller.object_id;
    session.rbac.save(role);
    session.note("rbac", before ? "role definition updated" : "role definition created",
                 definition_id(arm::subscription_of(scope), role.name),
                 compact({{"roleName", role.role_name}}));
    if (created != nullptr) *created = !before;
    return wire(role, arm::subscription_of(scope), !before);
}

Json delete_role_definition(Session& session, std::string_view scope, std::string_view name) {
    const std::string id = extension_id(scope, definition_type, name);
    authorise(session, delete_action, id);
    const std::optional<RoleDefinition> role = session.rbac.find_role_definition(name);
    if (!role || !is_of_tenant(session, *role)) return nullptr;
    // What Azure says here is not known; nobody is authorised to delete its own roles.
    if (role->type != custom_role)
        throw Error(fault::authorization_failed, refusal_text(session.caller, delete_action, id));
    for (const std::string& assignable : role->assignable_scopes)
        authorise(session, delete_action, assignable);
    if (session.rbac.is_assigned(role->name))
        throw Error(fault::role_definition_has_assignments,
                    "There are existing role assignments referencing role.");
    session.rbac.erase_role_definition(role->name);
    session.note("rbac", "role definition deleted", id, compact({{"roleName", role->role_name}}));
    return wire(*role, arm::subscription_of(scope));
}

}  // namespace azid::rbac
