// Role definitions as ARM keeps them: Azure's own, which nobody changes, and custom ones.
// Source: Microsoft.Authorization 2022-05-01-preview and Azure RBAC's page on custom roles.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/rbac/model.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {

// What a list is narrowed to. Empty texts narrow nothing.
struct DefinitionFilter {
    std::string role_name;  // without case
    std::string type;       // "BuiltInRole" or "CustomRole"
    bool below = false;     // also those for scopes below
};
// Those that can be assigned at the scope: Azure's own and the custom ones whose assignable scopes lie at it
// or above. Throws Error: AuthorizationFailed.
void visit_role_definitions(Session& session, std::string_view scope, const DefinitionFilter& filter,
                            const std::function<void(const RoleDefinition&)>& visit);
std::vector<Json> list_role_definitions(Session& session, std::string_view scope,
                                        const DefinitionFilter& filter);

// Throws Error: AuthorizationFailed, RoleDefinitionDoesNotExist (404).
Json get_role_definition(Session& session, std::string_view scope, std::string_view name);

// PUT of a custom role. The body is ARM's: {"properties":{"roleName","description","permissions",
// "assignableScopes"}}. Throws Error: AuthorizationFailed (on the scope or on one of the assignable scopes),
// BadRequestFormat, InvalidRoleDefinition, InvalidActionOrNotAction, RoleDefinitionWithSameNameExists,
// RoleDefinitionLimitExceeded.
// Tells in created, where one is handed in, whether it is new.
Json put_role_definition(Session& session, std::string_view scope, std::string_view name, const Json& body,
                         bool* created = nullptr);

// Gives the removed definition; null when there was none. Throws Error: AuthorizationFailed (also for Azure's
// own roles), RoleDefinitionHasAssignments.
Json delete_role_definition(Session& session, std::string_view scope, std::string_view name);

}  // namespace azid::rbac
