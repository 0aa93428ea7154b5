// The token endpoint of Microsoft Entra ID: who asks proves itself and gets a signed access token for one
// API.
#pragma once

#include "core/base/time.hpp"
#include "core/entra/model.hpp"

#include <string>
#include <string_view>

namespace azid {
struct Session;
}

namespace azid::entra {

// The parameters of a request to /{tenant}/oauth2/token or /{tenant}/oauth2/v2.0/token; empty text where not
// sent.
struct TokenRequest {
    std::string host = "login.microsoftonline.com";
    std::string tenant;  // as in the path: an id or a domain
    bool v2 = true;      // which endpoint: it takes "scope", the older one "resource"
    std::string grant_type;
    std::string client_id;
    std::string client_secret;
    std::string client_assertion_type;
    std::string client_assertion;
    std::string resource;
    std::string scope;
    std::string username;
    std::string password;
    std::string refresh_token = {};
    std::string client_info = {};  // "1": wants to know by which ids the account goes
};

struct IssuedToken {
    std::string access_token;
    std::string resource;      // as asked for
    std::string scope;         // of a user's token; empty for app-only ones
    std::string principal_id;  // whose
    Instant not_before;
    Instant expires;
    std::chrono::seconds lifetime;  // from now on
    // Of a user who asked for them; empty otherwise.
    std::string refresh_token = {};
    std::string id_token = {};
    std::string client_info = {};
};

// Checks in this order: tenant, grant type, client, credential, credential's validity, API. Throws the
// refusal (see aadsts.hpp) at the first that fails; throws KeyWanted when the tenant has no signing key yet
// and none is ready. Grants: client_credentials with a secret or an assertion, password, and refresh_token.
IssuedToken issue_token(Session& session, const TokenRequest& request);

// A token for whoever is signed in (session.caller), as "account get-access-token" and "rest" use it: az has
// proved itself at login and renews silently. Throws the refusal when the API is unknown or the account is
// gone.
IssuedToken issue_token_to_caller(Session& session, std::string_view resource);

// The tenant that a URL's path names. Throws AADSTS900023 or 90002.
Tenant tenant_of_path(Session& session, std::string_view id_or_domain);

// The application id that az itself has as a public client.
inline constexpr std::string_view azure_cli_app_id = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

}  // namespace azid::entra
