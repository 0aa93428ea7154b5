// The data plane's REST face: https://{vault}.vault.azure.net.
#pragma once

#include "core/base/http.hpp"
#include "core/base/session.hpp"

namespace azid::keyvault {

// Answers a request to a vault's host. The bearer token says who asks: it must be signed by the tenant that
// the vault trusts, meant for Key Vault, and of the present time (401 with the challenge otherwise). A
// request without any Authorization header is refused with the challenge too, unless the session's caller is
// known already (trusted): then it is the caller's request.
http::Response answer(Session& session, const http::Request& request, bool trusted);

}  // namespace azid::keyvault
