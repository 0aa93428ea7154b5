#include "core/rbac/wire.hpp"

#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/scope.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::rbac {

namespace {

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json permission_wire(const Permission& permission) {
    Json body;
    body["actions"] = permission.actions;
    body["notActions"] = permission.not_actions;
    body["dataActions"] = permission.data_actions;
    body["notDataActions"] = permission.not_data_actions;
    if (permission.condition.empty()) return body;
    body["conditionVersion"] = permission.condition_version;
    body["condition"] = permission.condition;
    return body;
}

Json permissions_wire(const std::vector<Permission>& permissions) {
    Json list = Json::array();
    for (const Permission& permission : permissions) list.push_back(permission_wire(permission));
    return list;
}

Json principals_wire(const std::vector<DenyPrincipal>& principals) {
    Json list = Json::array();
    for (const DenyPrincipal& principal : principals)
        list.push_back({{"id", principal.id}, {"type", principal.type}});
    return list;
}

Json envelope(Json properties, std::string id, std::string_view type, const std::string& name) {
    Json body;
    body["properties"] = std::move(properties);
    body["id"] = std::move(id);
    body["type"] = type;
    body["name"] = name;
    return body;
}

[[noreturn]] void refuse_format() {
    throw Error(fault::bad_request_format, "The request was incorrectly formatted.");
}

}  // namespace

std::string extension_id(std::string_view scope, std::string_view type, std::string_view name) {
    const std::string_view base = trimmed_scope(scope);
    return fmt::format("{}/providers/{}/{}", base == "/" ? std::string_view() : base, type, name);
}

std::string definition_id(std::string_view subscription, std::string_view guid) {
    return extension_id(subscription.empty() ? "/" : arm::subscription_scope(subscription), definition_type,
                        guid);
}

std::string bare_guid(std::string_view guid) { return replace_all(lower(guid), "-", ""); }

Json wire(const RoleAssignment& assignment, std::string_view subscription, bool just_made) {
    const std::string seen_from =
        subscription.empty() ? arm::subscription_of(assignment.scope) : std::string(subscription);
    Json properties;
    properties["roleDefinitionId"] = definition_id(seen_from, assignment.role_definition_id);
    properties["principalId"] = assignment.principal_id;
    properties["principalType"] = assignment.principal_type;
    properties["scope"] = assignment.scope;
    properties["condition"] = or_null(assignment.condition);
    properties["conditionVersion"] = or_null(assignment.condition_version);
    properties["createdOn"] = utc_ticks(assignment.created_on);
    properties["updatedOn"] = utc_ticks(assignment.updated_on);
    properties["createdBy"] = just_made ? Json(nullptr) : or_null(assignment.created_by);
    properties["updatedBy"] = or_null(assignment.updated_by);
    properties["delegatedManagedIdentityResourceId"] =
        or_null(assignment.delegated_managed_identity_resource_id);
    properties["description"] = or_null(assignment.description);
    return envelope(std::move(properties), extension_id(assignment.scope, assignment_type, assignment.name),
                    assignment_type, assignment.name);
}

Json wire(const RoleDefinition& definition, std::string_view subscription, bool just_made) {
    Json properties;
    properties["roleName"] = definition.role_name;
    properties["type"] = definition.type;
    properties["description"] = definition.description;
    properties["assignableScopes"] = definition.assignable_scopes;
    properties["permissions"] = permissions_wire(definition.permissions);
    properties["createdOn"] = utc_ticks(definition.created_on);
    properties["updatedOn"] = utc_ticks(definition.updated_on);
    properties["createdBy"] = just_made ? Json(nullptr) : or_null(definition.created_by);
    properties["updatedBy"] = or_null(definition.updated_by);
    return envelope(std::move(properties), definition_id(subscription, definition.name), definition_type,
                    definition.name);
}

Json wire(const DenyAssignment& assignment) {
    Json properties;
    properties["denyAssignmentName"] = assignment.display_name;
    properties["description"] = or_null(assignment.description);
    properties["permissions"] = permissions_wire(assignment.permissions);
    properties["scope"] = assignment.scope;
    properties["doNotApplyToChildScopes"] = assignment.do_not_apply_to_child_scopes;
    properties["principals"] = principals_wire(assignment.principals);
    properties["excludePrincipals"] = principals_wire(assignment.exclude_principals);
    properties["isSystemProtected"] = assignment.is_system_protected;
    properties["createdOn"] = utc_ticks(assignment.created_on);
    return envelope(std::move(properties), extension_id(assignment.scope, deny_type, assignment.name),
                    deny_type, assignment.name);
}

std::vector<std::string> texts_of(const Json& object, std::string_view member) {
    const Json* found = find(object, member);
    if (found == nullptr || found->is_null()) return {};
    if (!found->is_array()) refuse_format();
    std::vector<std::string> texts;
    for (const Json& item : *found) {
        if (!item.is_string()) refuse_format();
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

std::vector<Permission> permissions_of(const Json& properties) {
    const Json* list = find(properties, "permissions");
    if (list == nullptr || list->is_null()) return {};
    if (!list->is_array()) refuse_format();
    std::vector<Permission> permissions;
    for (const Json& item : *list) {
        if (!item.is_object()) refuse_format();
        Permission permission;
        permission.actions = texts_of(item, "actions");
        permission.not_actions = texts_of(item, "notActions");
        permission.data_actions = texts_of(item, "dataActions");
        permission.not_data_actions = texts_of(item, "notDataActions");
        permissions.push_back(std::move(permission));
    }
    return permissions;
}

}  // namespace azid::rbac
