// Blob Storage's REST face: https://{account}.blob.core.windows.net.
#pragma once

#include "core/base/http.hpp"
#include "core/base/session.hpp"

namespace azid::storage {

// Answers a request to an account's host. The bearer token says who asks: it must be signed by the tenant
// that the account trusts, meant for Storage or for this account, and of the present time (401 with the
// challenge otherwise). A request without any Authorization header is nobody's and refused, unless the
// session's caller is known already (trusted): then it is the caller's request. Account keys and SAS are not
// modelled: 403.
http::Response answer(Session& session, const http::Request& request, bool trusted);

}  // namespace azid::storage
