// The metadata service's token request: selection of the identity, the token it holds already, or a new one
// for which it proves itself to Microsoft Entra ID with the identity's certificate.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/http.hpp"
#include "core/base/session.hpp"
#include "core/imds/selection.hpp"

#include <vector>

namespace azid::imds {

// The identities of a host whose service principals still exist.
std::vector<HostIdentity> identities_of(Session& session, const arm::Resource& host);

// GET /metadata/identity/oauth2/token, its header and api-version checked already.
http::Response answer_token(Session& session, const arm::Resource& host, const http::Request& request);

// {"error":...,"error_description":...} as the identity endpoints refuse.
http::Response identity_error(int status, std::string_view error, std::string_view description);

}  // namespace azid::imds
