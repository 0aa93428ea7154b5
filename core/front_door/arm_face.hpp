// Azure Resource Manager's front door: management.azure.com. Authenticates, checks the api-version, finds the
// subscription, and hands on to whoever serves the rest of the path.
#pragma once

#include "core/base/http.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

namespace azid {
class Error;
}

namespace azid::front_door {

// Answers one request; refusals are answers too. Throws KeyWanted, and compute::GuestWanted for what is to
// run in a guest.
http::Response answer_arm(Session& session, const http::Request& request);
// Answers such a request once the guest has done it: with what it answered, in ARM's JSON.
http::Response answer_arm_after_guest(Session& session, const http::Request& request,
                                      const Json& guest_answer);

// {"error":{"code","message","target","details"}} with the status that goes with it.
http::Response arm_error(const Error& error);

}  // namespace azid::front_door
