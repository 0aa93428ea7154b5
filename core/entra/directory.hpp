// The directory as callers of Microsoft Graph read it. Every function here asks for the right to read first
// and throws Error (fault::graph_denied) without it; objects are those of the caller's tenant. Texts are
// Graph's.
#pragma once

#include "core/base/error.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string_view>
#include <vector>

namespace azid::entra {

// "Resource 'X' does not exist or one of its queried reference-property objects are not present."
Error missing_object(std::string_view id);
// The same where az ends with 1 instead of 3, because the command is not a "show".
Error missing_object_of_change(std::string_view id);

// By object id. Throws Error: missing_object.
ServicePrincipal service_principal(Session& session, std::string_view object_id);
std::vector<ServicePrincipal> service_principals(Session& session);

// By object id or user principal name. Throws Error: missing_object.
User user(Session& session, std::string_view id_or_upn);
std::vector<User> users(Session& session);
// Who is signed in: no right is needed for that. Throws Error (fault::graph_bad_request) for everything but a
// user, in the words Graph has for app-only tokens.
User signed_in_user(Session& session);

// By object id. Throws Error: missing_object.
DirectoryGroup group(Session& session, std::string_view object_id);
std::vector<DirectoryGroup> groups(Session& session);
// Direct members only. Throws Error: missing_object_of_change.
std::vector<Membership> members(Session& session, std::string_view group_id);

// Any object by its id, whatever it is. Throws Error: missing_object.
Principal directory_object(Session& session, std::string_view object_id);

}  // namespace azid::entra
