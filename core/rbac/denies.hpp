// Deny assignments. In Azure only other services make them (deployment stacks, managed applications); azid
// lets whoever has Microsoft.Authorization/denyAssignments/write make them, for lessons.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/rbac/model.hpp"

#include <string_view>
#include <vector>

namespace azid::rbac {

// Makes one of this content under a new name. Principal types are looked up where they are empty. Throws
// Error: AuthorizationFailed, errors of the scope, PrincipalNotFound, InvalidActionOrNotAction.
Json create_deny_assignment(Session& session, DenyAssignment assignment);

// Those that bear on the scope: at it or above, and below it. Throws Error: AuthorizationFailed.
std::vector<Json> list_deny_assignments(Session& session, std::string_view scope);

// Throws Error: AuthorizationFailed, DenyAssignmentNotFound.
Json get_deny_assignment(Session& session, std::string_view scope, std::string_view name);

// False when there was none. Throws Error: AuthorizationFailed, also for a protected one.
bool delete_deny_assignment(Session& session, std::string_view scope, std::string_view name);

}  // namespace azid::rbac
