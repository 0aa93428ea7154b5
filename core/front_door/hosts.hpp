// The names under which Azure's services answer, and the face behind each. What the server listens for and
// what "rest" asks in process end here alike.
#pragma once

#include "core/base/http.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::front_door {

// Answers a request by its host. An Authorization header decides who asks; without one it is session.caller,
// or nobody when that is empty. Refusals are answers too. Throws KeyWanted; throws Error (fault::client) for
// a host that azid has no face for.
http::Response answer(Session& session, const http::Request& request);

// Every name under which something answers at the moment: the services' own, and those of the vaults and
// storage accounts that exist. Lower case.
std::vector<std::string> host_names(Session& session);

// Whether some face answers under that name.
bool is_known_host(std::string_view host);

}  // namespace azid::front_door
