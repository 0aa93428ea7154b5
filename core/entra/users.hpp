// Users: made, changed and removed through Microsoft Graph.
#pragma once

#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace azid::entra {

struct NewUser {
    std::string user_principal_name;
    std::string display_name;
    std::string mail_nickname;
    std::string password;
    std::string given_name;
    std::string surname;
    std::string mail;
    bool enabled = true;
    bool must_change_password = false;  // until it is changed no sign-in by password works (AADSTS50055)
};

// What a PATCH names; the rest stays.
struct UserChange {
    std::optional<std::string> display_name;
    std::optional<std::string> mail_nickname;
    std::optional<std::string> given_name;
    std::optional<std::string> surname;
    std::optional<std::string> mail;
    std::optional<std::string> password;
    std::optional<bool> enabled;
    std::optional<bool> must_change_password;
};

// The display name of a password that must be changed at the next sign-in.
inline constexpr std::string_view temporary_password = "temporary password";

// Only a hash of the password is kept. Throws Error: fault::graph_denied; fault::graph_bad_request when a
// value is missing, the name is taken or not in the tenant's domain, or the password is too simple (8
// characters of three kinds at least, Microsoft Entra's password policy).
User create_user(Session& session, const NewUser& wanted);
// Throws Error: fault::graph_denied, missing_object_of_change, fault::graph_bad_request.
void update_user(Session& session, std::string_view id_or_upn, const UserChange& change);
// With its memberships and directory roles; role assignments stay, orphaned. Throws Error:
// fault::graph_denied, missing_object_of_change.
void delete_user(Session& session, std::string_view id_or_upn);

}  // namespace azid::entra
