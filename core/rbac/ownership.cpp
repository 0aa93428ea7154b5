#include "core/rbac/ownership.hpp"

#include "core/base/random.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"

namespace azid::rbac {

void make_owner(Session& session, std::string_view principal_id, std::string_view principal_type,
                std::string_view scope) {
    RoleAssignment assignment;
    assignment.name = new_guid(session.random);
    assignment.scope = scope;
    assignment.role_definition_id = owner_role;
    assignment.principal_id = principal_id;
    assignment.principal_type = principal_type;
    assignment.created_on = session.now;
    assignment.updated_on = session.now;
    assignment.created_by = principal_id;
    assignment.updated_by = principal_id;
    session.rbac.save(assignment);
}

}  // namespace azid::rbac
