// Who asks for a blob: the bearer token, the account's key, or nobody.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/http.hpp"
#include "core/base/session.hpp"

#include <string>

namespace azid::storage {

// Sets the session's caller to the owner of the request's token, or to the holder of the account's key that
// the request is signed with (Shared Key). Without either the request is nobody's and refused, unless the
// caller is known already (trusted). Throws Error of Blob Storage: NoAuthenticationInformation,
// InvalidAuthenticationInfo, AuthenticationFailed, PublicAccessNotPermitted, ResourceNotFound. Shared access
// signatures are not modelled: AuthenticationFailed.
void authenticate(Session& session, const http::Request& request, const arm::Resource& account,
                  const std::string& tenant, bool trusted);

// The header that goes with a 401.
std::string challenge(const std::string& tenant);

}  // namespace azid::storage
