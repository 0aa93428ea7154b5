// What a user gets beside the access token: a refresh token, with which a client renews without asking for
// the password again, and an id token, which tells the client who signed in.
#pragma once

#include "core/entra/model.hpp"

#include <string>
#include <string_view>

namespace azid {
struct Session;
}

namespace azid::entra {

// Good for ninety days, for one client, until the password changes. No resource takes it for an access token.
std::string refresh_token(Session& session, const Tenant& tenant, const User& user,
                          std::string_view client_id);

// Whose it is, and where it is from. Throws the refusal: AADSTS70000 for what is no refresh token of this
// client, 700082 for one past its time, 50173 for one from before the password changed, 50034 and 50057 where
// the user is gone or disabled.
struct RefreshedUser {
    Tenant tenant;
    User user;
};
RefreshedUser user_of_refresh_token(Session& session, std::string_view token, std::string_view client_id);

// The payload as Microsoft's id token claims reference has it; v2: of the newer endpoint.
std::string id_token(Session& session, const Tenant& tenant, const User& user, std::string_view client_id,
                     bool v2);

// {"uid","utid"} in base64url: by it MSAL names the account.
std::string client_info(const Tenant& tenant, const User& user);

}  // namespace azid::entra
