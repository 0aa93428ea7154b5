// Who sends a request to Resource Manager or Graph: the access token in it, checked and refused in each one's
// words.
#pragma once

#include "core/base/http.hpp"
#include "core/base/session.hpp"

#include <string_view>

namespace azid::front_door {

// Puts the token's owner in session.caller; without an Authorization header leaves whoever is there. Throws
// Error of ARM's 401 family. The tenant is that of the subscription that the request is about; empty for any.
void authenticate_for_arm(Session& session, const http::Request& request, std::string_view tenant);

// The same for Microsoft Graph. Throws Error (fault::graph_unauthenticated).
void authenticate_for_graph(Session& session, const http::Request& request);

}  // namespace azid::front_door
