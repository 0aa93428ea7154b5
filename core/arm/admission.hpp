// What Resource Manager checks of a change that a role allows, before the provider sees it. Called by
// rbac::authorise, so that it holds for every provider alike.
#pragma once

#include "core/base/error.hpp"
#include "core/base/session.hpp"

#include <string_view>

namespace azid::arm {

// Lets a write, a delete or another action on the scope pass, and notes it for the activity log. Reads pass
// unnoticed. Throws Error: ScopeLocked for what a lock at the scope or above forbids (a delete also by one
// below); MissingSubscriptionRegistration where somebody has unregistered the provider.
void admit(Session& session, std::string_view action, std::string_view scope);

// Notes that the change was refused.
void note_refusal(Session& session, std::string_view action, std::string_view scope, const Error& error);

}  // namespace azid::arm
