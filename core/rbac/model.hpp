// What Azure RBAC keeps: definitions, assignments and deny assignments. Knows nothing of where they are
// stored.
#pragma once

#include "core/base/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {

// One permission object of a role or deny assignment: what is given, less what is taken out of it again.
struct Permission {
    std::vector<std::string> actions;
    std::vector<std::string> not_actions;
    std::vector<std::string> data_actions;
    std::vector<std::string> not_data_actions;
    std::string condition;          // empty for none; only built-in roles have it here
    std::string condition_version;  // empty for none
};

inline constexpr std::string_view built_in_role = "BuiltInRole";
inline constexpr std::string_view custom_role = "CustomRole";

struct RoleDefinition {
    std::string name;  // a GUID
    std::string role_name;
    std::string type;  // "BuiltInRole" or "CustomRole"
    std::string description;
    std::vector<Permission> permissions;
    std::vector<std::string> assignable_scopes;
    std::string tenant_id;  // empty for a built-in role: every tenant has it
    Instant created_on;
    Instant updated_on;
    std::string created_by;  // object ids; empty for Azure itself
    std::string updated_by;
};

struct RoleAssignment {
    std::string name;  // a GUID, unique in the tenant
    std::string scope;
    std::string role_definition_id;  // the definition's GUID alone
    std::string principal_id;
    std::string principal_type;  // "User", "Group", "ServicePrincipal"
    std::string description;     // empty for null, as all below
    std::string condition;
    std::string condition_version;
    std::string delegated_managed_identity_resource_id;
    Instant created_on;
    Instant updated_on;
    std::string created_by;
    std::string updated_by;
};

// A principal of a deny assignment. Everybody is everyone_id with the type "SystemDefined".
struct DenyPrincipal {
    std::string id;
    std::string type;
};

inline constexpr std::string_view everyone_id = "00000000-0000-0000-0000-000000000000";

struct DenyAssignment {
    std::string name;  // a GUID
    std::string display_name;
    std::string description;
    std::vector<Permission> permissions;
    std::string scope;
    bool do_not_apply_to_child_scopes = false;
    std::vector<DenyPrincipal> principals;
    std::vector<DenyPrincipal> exclude_principals;
    bool is_system_protected = false;
    Instant created_on;
};

}  // namespace azid::rbac
