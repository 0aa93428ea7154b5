// Azure's built-in roles, as they stand in builtin_roles.txt, which the build puts into the program.
#pragma once

#include <string_view>
#include <vector>

namespace azid::rbac {

struct RoleDefinition;

// All of them, ordered by role name. Read at the first call (a few milliseconds), kept from then on.
const std::vector<RoleDefinition>& builtin_roles();

// GUIDs that the program itself speaks of.
inline constexpr std::string_view owner_role = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
inline constexpr std::string_view contributor_role = "b24988ac-6180-42a0-ab88-20f7382dd24c";
inline constexpr std::string_view reader_role = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
inline constexpr std::string_view user_access_administrator_role = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
inline constexpr std::string_view rbac_administrator_role = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";

}  // namespace azid::rbac
