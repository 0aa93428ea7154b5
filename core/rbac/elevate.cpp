#include "core/rbac/elevate.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::rbac {

namespace {

constexpr std::string_view user_access_administrator = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";

bool is_global_administrator(Session& session) {
    const std::vector<entra::DirectoryRoleAssignment> given =
        session.entra.directory_roles(session.caller.tenant_id);
    return std::any_of(given.begin(), given.end(), [&](const entra::DirectoryRoleAssignment& one) {
        return one.role_template_id == entra::global_administrator &&
               iequals(one.principal_id, session.caller.object_id);
    });
}

}  // namespace

void elevate_access(Session& session) {
    if (!session.caller.is_user || !is_global_administrator(session))
        throw Error(fault::authorization_failed,
                    fmt::format("The client '{}' with object id '{}' does not have authorization to perform "
                                "action 'Microsoft.Authorization/elevateAccess/action' over scope '/' or the "
                                "scope is invalid. If access was recently granted, please refresh your "
                                "credentials.",
                                session.caller.name, session.caller.object_id));
    for (const RoleAssignment& one : session.rbac.role_assignments_of({session.caller.object_id}))
        if (one.scope == "/" && one.role_definition_id == user_access_administrator) return;
    RoleAssignment assignment;
    assignment.name = new_guid(session.random);
    assignment.scope = "/";
    assignment.role_definition_id = user_access_administrator;
    assignment.principal_id = session.caller.object_id;
    assignment.principal_type = "User";
    assignment.created_on = assignment.updated_on = session.now;
    assignment.created_by = assignment.updated_by = session.caller.object_id;
    session.rbac.save(assignment);
    session.note("rbac", "role assignment created", extension_id("/", assignment_type, assignment.name),
                 compact({{"principalId", assignment.principal_id},
                          {"roleDefinitionId", assignment.role_definition_id},
                          {"scope", assignment.scope}}));
}

}  // namespace azid::rbac
