// The question every service asks before it acts.
#pragma once

#include "core/base/session.hpp"
#include "core/rbac/evaluate.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {

// Whether the session's caller may perform a control-plane action on the scope.
bool may(Session& session, std::string_view action, std::string_view scope);

// Throws Error (fault::authorization_failed) with ARM's text when the caller may not. Called before existence
// is looked at: without rights a missing resource is a 403 too. Where a role gives the action and a deny
// assignment takes it: fault::deny_assignment_authorization_failed. What a role allows may still be locked
// (fault::scope_locked): a change goes through arm::admit.
void authorise(Session& session, std::string_view action, std::string_view scope);
// The same where roles may carry conditions on what the request is about.
void authorise(Session& session, std::string_view action, std::string_view scope,
               const Attributes& attributes);

// Throws Error (fault::linked_authorization_failed) when the caller may not perform the linked action on all
// of the linked scopes, such as assign/action on the identities of a virtual machine that it writes.
void authorise_linked(Session& session, std::string_view action, std::string_view scope,
                      std::string_view linked_action, const std::vector<std::string>& linked_scopes);

// The decision about any caller and any action. The trail holds the deny assignments, and the role
// assignments at the scope and above; with look_everywhere also all others of the caller, so that it can be
// told what comes near.
struct Question {
    std::string action;
    std::string scope;
    bool is_data = false;
    Attributes attributes;  // "UtcNow" of the environment is added
    bool look_everywhere = false;
    bool ignore_denies = false;
};
Decision decide(Session& session, const Caller& caller, const Question& question);

// A principal of the directory as a caller, with the groups that the directory has it in. Also for an id that
// no principal has (an orphan): it may only be named in assignments.
Caller caller_from_directory(Session& session, std::string_view object_id);

// The scope and everything above it, nearest first, management groups as the subscription stands in the tree.
std::vector<std::string> chain_of(Session& session, std::string_view scope);

// What an event tells of a decision: the action, who asked, and by which assignment or for what reason. JSON
// text.
std::string decision_details(const Caller& caller, std::string_view action, const Decision& decision);

// ARM's words for a refusal.
std::string refusal_text(const Caller& caller, std::string_view action, std::string_view scope);

}  // namespace azid::rbac
