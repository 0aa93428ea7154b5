// A decision in words, and what would change it. Lessons, not Azure: nobody is authorised to ask here.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/rbac/authorise.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {

// One sentence: "Allowed: Reader at /subscriptions/... gives */read."
std::string sentence(const Decision& decision, const Question& question);

// The whole story: who asked for what, every assignment that was looked at and what became of it, and for a
// denial the nearest miss and the command that would allow the action.
Json explain(Session& session, const Caller& caller, Question question);

// Everybody who may do it: users, groups and service principals that roles are assigned to, and members of
// those groups, each with the assignment that decided.
Json who_can(Session& session, const Question& question);

}  // namespace azid::rbac
