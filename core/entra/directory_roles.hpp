// Giving directory roles and application permissions, as Microsoft Graph's roleManagement and
// appRoleAssignments do.
#pragma once

#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string_view>
#include <vector>

namespace azid::entra {

// Gives a directory role to a user or service principal, at the directory's root: no other scope is modelled.
// Throws Error: fault::graph_denied, missing_object, fault::graph_bad_request for an unknown role, a group,
// another scope, or what is given already.
DirectoryRoleAssignment give_directory_role(Session& session, std::string_view principal_id,
                                            std::string_view role_template_id,
                                            std::string_view directory_scope);
std::vector<DirectoryRoleAssignment> directory_role_assignments(Session& session);
DirectoryRoleAssignment directory_role_assignment(Session& session, std::string_view id);
// Throws Error: fault::graph_denied, missing_object_of_change.
void take_directory_role(Session& session, std::string_view id);

// Gives a user or service principal an app role that an API's service principal defines: Microsoft Graph's
// own, or those of a registered application. The role must be enabled and meant for that kind of principal;
// an API without any roles has the default one, all zeros. Throws Error like give_directory_role.
AppRoleAssignment give_app_role(Session& session, std::string_view principal_id, std::string_view resource_id,
                                std::string_view app_role_id);
// What a user or service principal has been given, and what an API's service principal has given to others.
// Throws Error: fault::graph_denied, missing_object.
std::vector<AppRoleAssignment> app_role_assignments(Session& session, std::string_view principal_id);
std::vector<AppRoleAssignment> app_role_assignments_in(Session& session, std::string_view resource_id);
// Throws Error: fault::graph_denied, missing_object_of_change.
void take_app_role(Session& session, std::string_view id);

}  // namespace azid::entra
