// The whole picture of who can do what: principals with the hosts that use them, roles, scopes.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>

namespace azid::rbac {

// {"hosts":[{id,name,type,identities}], "principals":[{id,name,kind,resourceId,usedBy}], "scopes":[{id,name,
// kind,parent}], "assignments":[{id,principalId,principalName,principalKind,usedBy,role,scope,condition}]}.
// Of users, groups and applications those that have a role; of managed identities all. With a scope only what
// is at it, below it, or above it and so bears on it. Kinds: "User", "Group", "Application",
// "SystemAssigned", "UserAssigned", "Unknown" (nobody by now).
Json access_map(Session& session, std::string_view scope);

}  // namespace azid::rbac
