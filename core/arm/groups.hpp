// Resource groups.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>
#include <vector>

namespace azid::arm {

// PUT: creates the group, or replaces the tags of one in the same location. Throws Error:
// AuthorizationFailed, InvalidResourceGroup (name rules), LocationNotAvailableForResourceGroup,
// InvalidResourceGroupLocation.
Json put_group(Session& session, std::string_view subscription, std::string_view name, const Json& body);
Json patch_group(Session& session, std::string_view subscription, std::string_view name, const Json& body);
// Throws Error: AuthorizationFailed, ResourceGroupNotFound.
Json get_group(Session& session, std::string_view subscription, std::string_view name);
// Those the caller may read, by name.
std::vector<Json> list_groups(Session& session, std::string_view subscription);
bool group_exists(Session& session, std::string_view subscription, std::string_view name);
// Deletes the group with everything in it, each resource as its own provider does (vaults are soft-deleted,
// system identities lose their principals), and the role assignments at or below it.
void delete_group(Session& session, std::string_view subscription, std::string_view name);

}  // namespace azid::arm
