// Who may do what in the directory: Microsoft Graph's own authorisation, apart from Azure RBAC. Users read
// it; service principals and managed identities may do nothing until they have a directory role or a Graph
// app role (Microsoft Entra's default user permissions and built-in roles).
#pragma once

#include "core/base/session.hpp"

#include <span>
#include <string_view>

namespace azid::entra {

enum class Right {
    read = 1,
    manage_users = 2,
    manage_groups = 4,
    manage_applications = 8,
    manage_roles = 16
};

// A role in the directory; given at the directory's root only.
struct DirectoryRole {
    std::string_view template_id;
    std::string_view name;
    int rights;  // of Right, added up
};
std::span<const DirectoryRole> directory_roles();
// By template id. Null when azid does not know the role.
const DirectoryRole* find_directory_role(std::string_view template_id);

// A permission that Microsoft Graph gives to applications.
struct GraphAppRole {
    std::string_view id;
    std::string_view value;  // what stands in a token's "roles"
    int rights;
};
std::span<const GraphAppRole> graph_app_roles();

inline constexpr std::string_view global_administrator = "62e90394-69f5-4237-9190-012177145e10";
inline constexpr std::string_view graph_app_id = "00000003-0000-0000-c000-000000000000";

// Whether the session's caller has the right now.
bool has_right(Session& session, Right right);
// Throws Error (fault::graph_denied) "Insufficient privileges to complete the operation." when not.
void require_right(Session& session, Right right);

}  // namespace azid::entra
