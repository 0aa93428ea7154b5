// Directory objects as Microsoft Graph v1.0 writes them, all members, in its order (recorded answers).
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string_view>

namespace azid::entra {

// The certificates of a managed identity are among keyCredentials as far as their keys have been made.
Json wire(Session& session, const ServicePrincipal& principal);
// Every property that azid keeps; Graph answers with these only where they are selected.
Json wire(const User& user);
Json wire(const DirectoryGroup& group);
Json wire(const DirectoryRoleAssignment& assignment);
Json wire(Session& session, const AppRoleAssignment& assignment);

// What Graph shows of a user without $select.
Json usual_members(const Json& user);

// The object in full, "@odata.type" first, as in lists of mixed kinds. Null when the directory has none of
// that id.
Json wire_of_any(Session& session, std::string_view object_id);

// The object with its "@odata.context" first, as a single answer: set is "users", "groups" ...
Json entity(std::string_view set, const Json& object);

// The same of a value that is no entity: type is "microsoft.graph.passwordCredential" ...
Json typed(std::string_view type, const Json& object);

}  // namespace azid::entra
