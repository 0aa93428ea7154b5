// The decision of Azure RBAC about one request, with the reasons. A pure function: everything that it looks
// at is handed in.
#pragma once

#include "core/base/text.hpp"
#include "core/rbac/condition.hpp"
#include "core/rbac/model.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace azid::rbac {

struct Request {
    std::string principal;            // object id
    std::vector<std::string> groups;  // all groups it is in, through other groups too
    std::string action;
    bool is_data = false;  // ask dataActions instead of actions
    std::string scope;
    Attributes attributes;
};

// What may bear on the request. More may be handed in than applies: the evaluation sorts out.
struct Facts {
    std::vector<RoleAssignment> assignments;
    std::map<std::string, RoleDefinition, ILess> definitions;  // by GUID
    std::vector<DenyAssignment> denies;
    std::vector<std::string> chain;  // of the request's scope: scope_chain()
    // Assignments that have not spread yet, and from when on they count.
    std::map<std::string, Instant, ILess> delayed;  // by GUID
};

// What became of one assignment or deny assignment.
enum class Outcome {
    granted,                  // it gives the action
    denied,                   // of a deny assignment: it blocks the action
    other_principal,          // it is for somebody else
    excluded_principal,       // of a deny assignment: the caller is exempt
    other_scope,              // it is not at the scope or above it
    child_scope,              // of a deny assignment: it does not go down to child scopes
    role_definition_missing,  // its role does not exist
    action_not_included,      // none of its patterns covers the action
    excluded_by_not_actions,  // covered, but taken out again by notActions (notDataActions)
    control_action_only,      // only its actions cover it, and it is a data action
    data_action_only,         // only its dataActions cover it, and it is a control action
    condition_false,          // it would count, but its condition (or its role's) is not true
    condition_invalid,        // it would count, but its condition cannot be read
    not_yet,                  // it gives the action, and counts only later
};

struct Step {
    bool is_deny = false;
    std::string name;  // GUID of the assignment or deny assignment
    std::string scope;
    std::string principal;  // the caller or the group that it is for; of one for somebody else, who that is
    std::string role;       // the definition's GUID; empty for a deny assignment
    std::string role_name;  // or the deny assignment's display name; empty when the definition is missing
    Outcome outcome = Outcome::action_not_included;
    std::string pattern;    // the action text that gave or took it; empty when none did
    std::string condition;  // the condition that was false or could not be read
    Instant counts_from;    // of one that does not count yet
};

enum class Reason {
    granted_by_role,
    denied_by_deny_assignment,
    no_assignment,            // nothing at the scope or above is for the principal
    action_not_granted,       // there is something, but it does not give the action
    condition_not_fulfilled,  // a condition keeps the only grants from counting
    granted_later,            // what gives the action has not spread yet
};

struct Decision {
    bool allowed = false;
    Reason reason = Reason::no_assignment;
    std::optional<RoleAssignment> assignment;  // the first that granted
    std::optional<RoleDefinition> definition;  // its role
    std::optional<DenyAssignment> deny;        // the first that blocked
    std::vector<Step> steps;                   // denies first, then assignments, in the order handed in
};

// Deny assignments first: one that applies blocks. Else allowed when any role assignment that applies gives
// the action: its principal is the caller or one of its groups, its scope is the request's or above, one
// permission of its role has the action in actions and not in notActions (or the data pair), and its
// conditions are true. notActions take out of their own permission only. Source: Azure RBAC overview, "How
// Azure RBAC determines if a user has access".
Decision evaluate(const Request& request, const Facts& facts);

// One sentence part about the outcome, such as "is at another scope".
std::string_view words_for(Outcome outcome);

}  // namespace azid::rbac
