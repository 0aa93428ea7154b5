// What a protected resource does with the access token that a request carries: signature by the published
// key, issuer, audience, time. Whether the caller may do what it asks is RBAC's business.
#pragma once

#include "core/base/session.hpp"
#include "core/base/time.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace azid::http {
struct Request;
}

namespace azid::entra {

class Store;

// Why a token is refused, in the order of checking.
enum class TokenFlaw {
    none,
    malformed,      // no JSON Web Token at all, or one without times or object id
    bad_algorithm,  // anything but RS256: "none" and HS256 too
    unknown_key,    // "kid" names no key of the tenant that the token says it is from
    bad_signature,
    wrong_issuer,    // from another tenant than the resource's
    wrong_audience,  // for another resource
    not_yet_valid,
    expired,
};

struct TokenReading {
    TokenFlaw flaw = TokenFlaw::malformed;
    Caller caller;         // who it is, from the token's claims alone; empty unless flaw is none
    std::string payload;   // the claims as JSON text; empty when malformed
    std::string issuer;    // as claimed
    std::string audience;  // as claimed
    Instant not_before;
    Instant expires;
};

struct TokenExpectation {
    std::string tenant;  // id of the tenant that the resource trusts; empty: any of this state
    std::span<const std::string_view> audiences;  // empty: any
    Instant now;
};

// Reads and checks the token. Five minutes of clock difference are forgiven, as Microsoft's libraries do.
TokenReading read_access_token(Store& store, std::string_view token, const TokenExpectation& expected);

// The token of an "Authorization: Bearer ..." header. Empty when there is no such header or nothing after
// "Bearer".
std::string bearer_token(const http::Request& request);

// Audiences that resources accept.
inline constexpr std::array<std::string_view, 4> resource_manager_audiences{
    "https://management.core.windows.net/", "https://management.core.windows.net",
    "https://management.azure.com/", "https://management.azure.com"};
inline constexpr std::array<std::string_view, 2> key_vault_audiences{"https://vault.azure.net",
                                                                     "cfa8b339-82a2-471a-a3c9-0fc0be7a4093"};
inline constexpr std::array<std::string_view, 3> graph_audiences{
    "https://graph.microsoft.com", "https://graph.microsoft.com/", "00000003-0000-0000-c000-000000000000"};
// Beside the account's own endpoints.
inline constexpr std::array<std::string_view, 3> storage_audiences{
    "https://storage.azure.com", "https://storage.azure.com/", "e406a681-f3d4-42a8-90b6-c2b029497af1"};

}  // namespace azid::entra
