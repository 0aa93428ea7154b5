#include "core/rbac/explain.hpp"

#include "core/base/text.hpp"
#include "core/clock/clock.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/action.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/scope.hpp"
#include "core/settings/settings.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

namespace azid::rbac {

namespace {

// How much more than asked a pattern gives. A role that only reads is little whatever it reads.
int breadth(const std::string& pattern) {
    if (pattern == "*") return 100000;
    if (iequals(pattern, "*/read")) return 5;
    return pattern.find('*') == std::string::npos ? 1 : 50;
}

int breadth(const RoleDefinition& role) {
    int sum = role.description.empty() ? 5000 : 0;  // roles that nobody describes are seldom the ones wanted
    for (const Permission& permission : role.permissions) {
        for (const std::string& pattern : permission.actions) sum += breadth(pattern);
        for (const std::string& pattern : permission.data_actions) sum += breadth(pattern);
    }
    return sum;
}

bool gives(const RoleDefinition& role, const Question& question) {
    return std::any_of(role.permissions.begin(), role.permissions.end(), [&](const Permission& permission) {
        const bool data = question.is_data;
        return permission.condition.empty() &&
               matching_pattern(data ? permission.data_actions : permission.actions, question.action) !=
                   nullptr &&
               matching_pattern(data ? permission.not_data_actions : permission.not_actions,
                                question.action) == nullptr;
    });
}

// The built-in role that gives the action and little else. Null when none gives it.
const RoleDefinition* narrowest_role(const Question& question) {
    const RoleDefinition* best = nullptr;
    int least = std::numeric_limits<int>::max();
    for (const RoleDefinition& role : builtin_roles()) {
        if (breadth(role) >= least || !gives(role, question)) continue;
        best = &role;
        least = breadth(role);
    }
    return best;
}

std::string_view principal_type_of(Session& session, std::string_view id) {
    const std::optional<entra::Principal> principal = session.entra.find_principal(id);
    if (!principal) return "";
    switch (principal->type) {
        case entra::PrincipalType::user:
            return "User";
        case entra::PrincipalType::group:
            return "Group";
        case entra::PrincipalType::service_principal:
            break;
    }
    return "ServicePrincipal";
}

std::string name_of(Session& session, std::string_view id) {
    const std::optional<entra::Principal> principal = session.entra.find_principal(id);
    if (!principal) return "";
    return principal->type == entra::PrincipalType::service_principal ? principal->display_name
                                                                      : principal->name;
}

// Lower is nearer to a grant.
int distance(const Step& step) {
    switch (step.outcome) {
        case Outcome::not_yet:
            return 0;
        case Outcome::condition_false:
        case Outcome::condition_invalid:
            return 1;
        case Outcome::excluded_by_not_actions:
            return 2;
        case Outcome::control_action_only:
        case Outcome::data_action_only:
            return 3;
        case Outcome::other_scope:
            return 4;
        case Outcome::action_not_included:
            return 5;
        default:
            return 9;
    }
}

// Of what the caller has, what comes nearest to allowing it. Null when there is nothing.
const Step* nearest(Session& session, const Decision& decision, const Question& question) {
    const Step* best = nullptr;
    for (const Step& step : decision.steps) {
        if (step.is_deny || distance(step) == 9) continue;
        if (step.outcome == Outcome::other_scope) {
            const std::optional<RoleDefinition> role = session.rbac.find_role_definition(step.role);
            if (!role || !gives(*role, question)) continue;
        }
        if (best == nullptr || distance(step) < distance(*best)) best = &step;
    }
    return best;
}

Json step_json(Session& session, const Step& step, const Caller& caller) {
    Json body;
    body["kind"] = step.is_deny ? "denyAssignment" : "roleAssignment";
    body["name"] = step.name;
    body[step.is_deny ? "denyAssignmentName" : "roleName"] =
        step.role_name.empty() ? Json(nullptr) : Json(step.role_name);
    body["scope"] = step.scope;
    body["principalId"] = step.principal.empty() ? Json(nullptr) : Json(step.principal);
    const bool through_group = !step.principal.empty() && !iequals(step.principal, caller.object_id) &&
                               step.outcome != Outcome::other_principal;
    body["throughGroup"] = through_group ? Json(name_of(session, step.principal)) : Json(nullptr);
    body["outcome"] = words_for(step.outcome);
    body["pattern"] = step.pattern.empty() ? Json(nullptr) : Json(step.pattern);
    if (!step.condition.empty()) body["condition"] = step.condition;
    if (step.outcome == Outcome::not_yet) body["countsFrom"] = utc_ticks(step.counts_from);
    return body;
}

// Assignments that name the caller's client id where the object id belongs: made for nobody.
void note_client_id_mistakes(Session& session, const Caller& caller, Json& notes) {
    if (caller.app_id.empty() || iequals(caller.app_id, caller.object_id)) return;
    for (const RoleAssignment& assignment : session.rbac.role_assignments_of({caller.app_id})) {
        const std::optional<RoleDefinition> role =
            session.rbac.find_role_definition(assignment.role_definition_id);
        notes.push_back(fmt::format(
            "{} at {} is assigned to {}: that is the client id (appId), not the principal id "
            "(object id) {}. No principal has that id, so it gives nobody anything.",
            role ? role->role_name : "A role", assignment.scope, caller.app_id, caller.object_id));
    }
}

void note_orphan(Session& session, const Caller& caller, Json& notes) {
    if (caller.object_id.empty() || session.entra.find_principal(caller.object_id)) return;
    notes.push_back(fmt::format(
        "The directory has no principal {}: it was deleted, or the id is a client id.", caller.object_id));
}

// An id that the shell takes as one word.
std::string quoted(const std::string& text) {
    return text.find(' ') == std::string::npos ? text : "\"" + text + "\"";
}

// The earliest of the grants that have not spread yet. Null when there is none.
const Step* first_to_come(const Decision& decision) {
    const Step* first = nullptr;
    for (const Step& step : decision.steps)
        if (step.outcome == Outcome::not_yet && (first == nullptr || step.counts_from < first->counts_from))
            first = &step;
    return first;
}

// Removed assignments that would be missed: they count until their removal has spread.
void note_removed(Session& session, const Decision& decision, Json& notes) {
    if (settings::lag(session, settings::rbac_propagation).count() == 0) return;
    for (const auto& [assignment, until] : session.rbac.removed(session.now))
        for (const Step& step : decision.steps) {
            if (step.name != assignment.name || step.outcome != Outcome::granted) continue;
            notes.push_back(fmt::format("{} at {} was removed, and counts until {}.", step.role_name,
                                        step.scope, utc_seconds(until)));
        }
}

Json remedy(Session& session, const Decision& decision, const Caller& caller, const Question& question) {
    if (decision.deny)
        return fmt::format("azid access deny delete --name {} --scope {}", decision.deny->name,
                           quoted(decision.deny->scope));
    if (const Step* step = first_to_come(decision)) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(step->counts_from - session.now);
        return fmt::format("azid clock advance {}", clock::duration_text(left));
    }
    const RoleDefinition* role = narrowest_role(question);
    if (role == nullptr) return nullptr;
    const std::string_view type = principal_type_of(session, caller.object_id);
    return fmt::format(
        "azid role assignment create --assignee-object-id {} --assignee-principal-type {} --role {} "
        "--scope {}",
        caller.object_id, type.empty() ? "ServicePrincipal" : type, quoted(role->role_name),
        quoted(std::string(trimmed_scope(question.scope))));
}

std::string denial(const Decision& decision, const Question& question) {
    switch (decision.reason) {
        case Reason::denied_by_deny_assignment:
            return fmt::format("Denied: deny assignment '{}' at {} blocks {}.", decision.deny->display_name,
                               decision.deny->scope, question.action);
        case Reason::no_assignment:
            return fmt::format("Denied: no role at {} or above is assigned to this principal.",
                               trimmed_scope(question.scope));
        case Reason::granted_later: {
            const Step* step = first_to_come(decision);
            return fmt::format("Denied as yet: {} at {} was assigned, and counts from {}.", step->role_name,
                               step->scope, utc_seconds(step->counts_from));
        }
        case Reason::condition_not_fulfilled:
            return fmt::format("Denied: only assignments whose condition is not true give {}.",
                               question.action);
        default:
            return fmt::format("Denied: none of the roles assigned at {} or above gives {}{}.",
                               trimmed_scope(question.scope), question.is_data ? "the data action " : "",
                               question.action);
    }
}

std::set<std::string> candidates(Session& session, const Question& question) {
    std::set<std::string> ids;
    std::vector<std::string> groups;
    for (const RoleAssignment& assignment :
         session.rbac.role_assignments_at(chain_of(session, question.scope))) {
        ids.insert(lower(assignment.principal_id));
        if (session.entra.find_group(assignment.principal_id)) groups.push_back(assignment.principal_id);
    }
    while (!groups.empty()) {
        const std::string group = groups.back();
        groups.pop_back();
        for (const entra::Membership& member : session.entra.members(group)) {
            const bool fresh = ids.insert(lower(member.member_id)).second;
            if (fresh && member.member_type == entra::PrincipalType::group)
                groups.push_back(member.member_id);
        }
    }
    return ids;
}

}  // namespace

std::string sentence(const Decision& decision, const Question& question) {
    if (!decision.allowed) return denial(decision, question);
    const auto granting = std::find_if(decision.steps.begin(), decision.steps.end(),
                                       [](const Step& step) { return step.outcome == Outcome::granted; });
    return fmt::format(
        "Allowed: {} at {} gives {}{}.", decision.definition->role_name, decision.assignment->scope,
        granting->pattern,
        iequals(granting->pattern, question.action) ? "" : ", which covers " + question.action);
}

Json explain(Session& session, const Caller& caller, Question question) {
    question.look_everywhere = true;
    const Decision decision = decide(session, caller, question);
    Json body;
    body["allowed"] = decision.allowed;
    body["because"] = sentence(decision, question);
    body["action"] = question.action;
    body["isDataAction"] = question.is_data;
    body["scope"] = trimmed_scope(question.scope);
    body["principalId"] = caller.object_id;
    body["principalName"] = name_of(session, caller.object_id);
    body["groups"] = caller.groups;
    body["trail"] = Json::array();
    for (const Step& step : decision.steps) body["trail"].push_back(step_json(session, step, caller));
    Json notes = Json::array();
    note_client_id_mistakes(session, caller, notes);
    note_orphan(session, caller, notes);
    note_removed(session, decision, notes);
    if (!decision.allowed) {
        const Step* step = nearest(session, decision, question);
        body["nearest"] = step == nullptr ? Json(nullptr) : step_json(session, *step, caller);
        body["toAllow"] = remedy(session, decision, caller, question);
    }
    body["notes"] = std::move(notes);
    return body;
}

Json who_can(Session& session, const Question& question) {
    Json found = Json::array();
    for (const std::string& id : candidates(session, question)) {
        const Decision decision = decide(session, caller_from_directory(session, id), question);
        if (!decision.allowed) continue;
        const RoleAssignment& assignment = *decision.assignment;
        Json row;
        row["principalId"] = id;
        row["principalName"] = name_of(session, id);
        row["principalType"] = principal_type_of(session, id);
        row["roleName"] = decision.definition->role_name;
        row["scope"] = assignment.scope;
        row["throughGroup"] = iequals(assignment.principal_id, id)
                                  ? Json(nullptr)
                                  : Json(name_of(session, assignment.principal_id));
        row["assignment"] = assignment.name;
        found.push_back(std::move(row));
    }
    std::stable_sort(found.begin(), found.end(), [](const Json& left, const Json& right) {
        return ILess()(text_at(left, "principalName"), text_at(right, "principalName"));
    });
    return found;
}

}  // namespace azid::rbac
