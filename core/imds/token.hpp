// The metadata service's token request: selection of the identity, the token it holds already, or a new one
// for which it proves itself to Microsoft Entra ID with the identity's certificate.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/http.hpp"
#include "core/base/session.hpp"
#include "core/imds/ports.hpp"
#include "core/imds/selection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::imds {

// The identities of a host whose service principals still exist.
std::vector<HostIdentity> identities_of(Session& session, const arm::Resource& host);

// GET /metadata/identity/oauth2/token, its header and api-version checked already.
http::Response answer_token(Session& session, const arm::Resource& host, const http::Request& request);

// What a host got for one of its identities: a token, or how Microsoft Entra ID refused.
struct Issued {
    std::optional<CachedToken> token;
    int status = 200;
    std::string error;
    std::string description;
};

// The token that the host holds for the identity and resource until shortly before it expires, or else a new
// one, for which it proves itself with the identity's certificate. Throws KeyWanted.
Issued token_for(Session& session, const arm::Resource& host, const HostIdentity& identity,
                 const std::string& resource, bool bypass_cache);

// {"error":...,"error_description":...} as the identity endpoints refuse.
http::Response identity_error(int status, std::string_view error, std::string_view description);

}  // namespace azid::imds
