// Role assignments as ARM keeps them: who may make and remove them, and what must be so before one is made.
// Source: Microsoft.Authorization 2022-04-01, and the troubleshooting page of Azure RBAC.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/rbac/model.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {

// PUT. The body is ARM's: {"properties":{"roleDefinitionId","principalId","principalType",...}}. Made anew,
// or when it exists with the same scope, role and principal, its description and condition replaced. Throws
// Error: AuthorizationFailed, MissingSubscription, SubscriptionNotFound, ResourceGroupNotFound,
// ResourceNotFound (of the scope), BadRequestFormat, InvalidPrincipalId, InvalidPrincipalType,
// RoleDefinitionDoesNotExist, PrincipalNotFound, PrincipalTypeNotSupported, UnmatchedPrincipalType,
// InvalidCondition, RoleAssignmentUpdateNotPermitted, RoleAssignmentExists, RoleAssignmentLimitExceeded.
// Tells in created, where one is handed in, whether it is new.
Json put_role_assignment(Session& session, std::string_view scope, std::string_view name, const Json& body,
                         bool* created = nullptr);

// The body that gives a principal a role. An empty type lets the service look the principal up.
Json role_assignment_body(std::string_view role_definition_id, std::string_view principal_id,
                          std::string_view principal_type);

// Throws Error: AuthorizationFailed, RoleAssignmentNotFound.
Json get_role_assignment(Session& session, std::string_view scope, std::string_view name);

// Gives the removed assignment; null when there was none (ARM answers 204). Throws Error:
// AuthorizationFailed, and BadRequest for the last Owner of a subscription.
Json delete_role_assignment(Session& session, std::string_view scope, std::string_view name);

// What a list is narrowed to. Empty texts narrow nothing.
struct AssignmentFilter {
    bool at_scope = false;    // not below the scope
    std::string principal;    // of this principal itself
    std::string assigned_to;  // of this principal or a group that it is in
    std::string of_those{};   // what is left of it: this principal's; asking so gives no right to ask
};
// Gives those at the scope, above it and, unless at_scope, below it to "visit", one after the other in order
// of creation. Throws Error: AuthorizationFailed, and what is wrong with the scope, before the first.
void visit_role_assignments(Session& session, std::string_view scope, const AssignmentFilter& filter,
                            const std::function<void(const RoleAssignment&)>& visit);

// The same as ARM's JSON.
std::vector<Json> list_role_assignments(Session& session, std::string_view scope,
                                        const AssignmentFilter& filter);

// Splits "<scope>/providers/Microsoft.Authorization/<type>/<name>"; empty when the id has not that form.
struct ExtensionId {
    std::string scope;
    std::string name;
};
std::optional<ExtensionId> parse_extension_id(std::string_view id, std::string_view type);

// Throws Error when the scope is none (MissingSubscription, InvalidSubscriptionId) or leads to a
// subscription, group or resource that is not there.
void require_scope(Session& session, std::string_view scope);

}  // namespace azid::rbac
