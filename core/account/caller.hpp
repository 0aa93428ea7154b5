// Who is signed in, and on which subscription.
#pragma once

#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <string_view>

namespace azid::account {

// The default account, or the one whose subscription has that id or name (compared without case).
// Throws Error (fault::client): az's "Please run 'az login' to setup account." when nobody is signed in,
// "Subscription 'X' not found. Check the spelling and casing and try again." when there is no such account.
Profile current_profile(Session& session, std::string_view subscription_name_or_id);

// The signed-in principal with its groups as the directory has them now.
// Throws told_refusal: AADSTS50034 or 700016 when the principal is gone from the directory, 50057 or 7000112
// when it is disabled. az would notice when its token runs out, an hour later at most; azid holds no tokens
// for those signed in.
Caller caller_of(Session& session, const Profile& profile);

// A refusal of the token service as az prints it: with the ids and the time that the endpoint appends, and
// az's advice below.
Error told_refusal(Session& session, const Error& refusal);

}  // namespace azid::account
