// Signing in and out: which subscriptions an account then has, and which of them commands work in. Follows
// az: an account that sees a subscription takes it over from whoever had it.
#pragma once

#include "core/account/ports.hpp"
#include "core/arm/model.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::account {

// The subscriptions of the tenant in which the principal, or a group it is in, has any role assignment: at
// the subscription, in it or above it. Others are invisible to it.
std::vector<arm::Subscription> visible_subscriptions(Session& session, std::string_view principal_id,
                                                     std::string_view tenant_id);

// Who has proved itself, without a subscription yet.
struct Arrival {
    std::string principal_id;
    std::string user_name;
    SignIn sign_in = SignIn::user;
    std::string assigned_identity;
    std::string tenant_id;
};

// Keeps an account for each subscription that the arrival sees, and gives these, the default one marked.
// Where it sees none: with allow_none a tenant-level account, otherwise throws Error (fault::client) in az's
// words.
std::vector<Profile> sign_in(Session& session, const Arrival& arrival, bool allow_none);

// Plain "login": the administrator that the state began with, the first Global Administrator that is a user.
// Throws Error (fault::client) when there is none any more.
Arrival administrator(Session& session);
// A user by name and password. Throws the token service's refusal (AADSTS50034, 50126 ...).
Arrival user_with_password(Session& session, std::string_view tenant, std::string_view user_name,
                           std::string_view password);
// Without any proof, for lessons and tests: a user by UPN, a service principal by appId, either by object id.
// Throws Error (fault::client) when the directory has no such principal.
Arrival anybody(Session& session, std::string_view name);

// Takes the accounts of that user name away, or with an empty name those of the current account. False when
// there were none.
bool sign_out(Session& session, std::string_view user_name);

// Makes the account of that subscription (id or name, without case) the default. Throws Error (fault::client)
// with az's "The subscription of 'X' doesn't exist in cloud 'AzureCloud'."
void choose(Session& session, std::string_view subscription);

// Looks again which subscriptions the signed-in principals see ("account list --refresh").
void refresh(Session& session);

}  // namespace azid::account
