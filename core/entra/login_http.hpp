// The REST face of Microsoft Entra ID's login service: login.microsoftonline.com and its other names.
#pragma once

#include "core/base/http.hpp"

namespace azid {
class Error;
struct Session;
}  // namespace azid

namespace azid::entra {

// Answers one request: the token endpoints, the key sets, OpenID configuration, instance discovery. Refusals
// are answers too; throws only KeyWanted (a signing key has to be made first). Anonymous: session.caller
// plays no part.
http::Response answer_login(Session& session, const http::Request& request);

// What the token endpoints answer to a request that is refused so.
http::Response refused_login(Session& session, const http::Request& request, const Error& refusal);

}  // namespace azid::entra
