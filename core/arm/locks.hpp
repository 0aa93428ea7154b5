// Management locks. One at a subscription, group or resource holds for everything below it.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::arm {

// Throws Error (fault::scope_locked) in ARM's words when a lock forbids the action: CanNotDelete every
// delete at it, below it and above it (deleting a group deletes what is in it); ReadOnly also writes and
// POSTs, such as starting a machine, at it and below it. Locks themselves can always be changed
// (learn.microsoft.com, "Lock your resources to protect your infrastructure").
void require_unlocked(Session& session, std::string_view action, std::string_view scope);

// Each authorises the caller (Microsoft.Authorization/locks/...), which Owner and User Access Administrator
// may. PUT: body {"properties":{"level","notes","owners"}}. Throws Error: AuthorizationFailed; NotFound codes
// when nothing is at the scope; fault::bad_request for another level.
Json put_lock(Session& session, std::string_view scope, std::string_view name, const Json& body);
// Throws Error (fault::lock_not_found).
Json get_lock(Session& session, std::string_view scope, std::string_view name);
// False when there was none.
bool delete_lock(Session& session, std::string_view scope, std::string_view name);
// Those at the scope, above it and below it; with at_scope ("$filter=atScope()") not those below.
std::vector<Json> list_locks(Session& session, std::string_view scope, bool at_scope);

}  // namespace azid::arm
