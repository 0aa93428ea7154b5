// The claims of version 1.0 access tokens: what ARM, Key Vault, Storage and Graph get whichever endpoint is
// asked, because they accept no other version (Microsoft's access token claims reference).
#pragma once

#include "core/base/time.hpp"
#include "core/entra/api.hpp"
#include "core/entra/model.hpp"

#include <string>

namespace azid {
struct Session;
}

namespace azid::entra {

// How the client proved itself: the claim "appidacr".
enum class ClientProof { none = 0, secret = 1, certificate = 2 };

struct TokenOrder {
    Tenant tenant;
    Api api;
    std::string resource;  // in the form that was asked for: it becomes "aud"
    std::string client_id;
    ClientProof proof = ClientProof::none;
    std::string host_id;  // the VM on whose behalf a managed identity asks; empty otherwise
};

// Tokens live a day for managed identities and an hour for everyone else, and are back-dated by five minutes.
inline constexpr std::chrono::hours managed_identity_lifetime{24};
inline constexpr std::chrono::hours ordinary_lifetime{1};
inline constexpr std::chrono::minutes token_back_dating{5};

struct TokenClaims {
    std::string text;  // a JSON object
    Instant not_before;
    Instant expires;
};

std::chrono::seconds lifetime_of(const ServicePrincipal& principal);

// The payload of an app-only token. Groups go into it where the API decides by them, app roles where it has
// granted some, directory roles ("wids") for Graph.
TokenClaims app_claims(Session& session, const TokenOrder& order, const ServicePrincipal& principal);
// The payload of a user's token.
TokenClaims user_claims(Session& session, const TokenOrder& order, const User& user);

}  // namespace azid::entra
