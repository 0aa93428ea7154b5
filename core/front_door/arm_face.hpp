// Azure Resource Manager's front door: management.azure.com. Authenticates, checks the api-version, finds the
// subscription, and hands on to whoever serves the rest of the path.
#pragma once

#include "core/base/http.hpp"
#include "core/base/session.hpp"

namespace azid {
class Error;
}

namespace azid::front_door {

// Answers one request; refusals are answers too. Throws KeyWanted.
http::Response answer_arm(Session& session, const http::Request& request);

// {"error":{"code","message","target","details"}} with the status that goes with it.
http::Response arm_error(const Error& error);

}  // namespace azid::front_door
