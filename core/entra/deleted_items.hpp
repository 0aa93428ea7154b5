// The directory's deleted items: applications, groups, service principals and users stay there for 30 days
// and can be brought back (Microsoft Graph's directory/deletedItems). Those of managed identities can only be
// looked at: they live and die with their resource (managed identities' FAQ). Groups here are security
// groups, which Graph keeps too since it restores them.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::entra {

inline constexpr std::chrono::days deleted_items_kept{30};

// Keeps an object that is about to be erased. Nobody is authorised here.
void set_aside(Session& session, const User& user);
void set_aside(Session& session, const DirectoryGroup& group);
void set_aside(Session& session, const Application& application);
void set_aside(Session& session, const ServicePrincipal& principal);

// Those of the caller's tenant whose time is not over, of one type ("user" ...) or, when that is empty, of
// any: as Graph shows them, with "deletedDateTime". Throws Error: fault::graph_denied.
std::vector<Json> deleted_items(Session& session, std::string_view type);
// By object id. Throws Error: fault::graph_denied, missing_object.
Json deleted_item(Session& session, std::string_view id);

// Brings one back; gives what Graph shows of it. Throws Error: fault::graph_denied, missing_object_of_change,
// fault::graph_conflict where its name is taken, fault::graph_bad_request for a managed identity's.
Json restore_deleted_item(Session& session, std::string_view id);
// Removes one for good. Throws Error: the same.
void purge_deleted_item(Session& session, std::string_view id);

}  // namespace azid::entra
