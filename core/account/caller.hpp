// Who is signed in, and on which subscription.
#pragma once

#include "core/account/ports.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <string_view>

namespace azid::account {

// The default account, or the one whose subscription has that id or name (compared without case).
// Throws Error (fault::client): az's "Please run 'az login' to setup account." when nobody is signed in,
// "Subscription 'X' not found. Check the spelling and casing and try again." when there is no such account.
Profile current_profile(Session& session, std::string_view subscription_name_or_id);

// The signed-in principal with its groups as the directory has them now.
// Throws Error (fault::client) when the principal is gone from the directory.
Caller caller_of(Session& session, const Profile& profile);

}  // namespace azid::account
