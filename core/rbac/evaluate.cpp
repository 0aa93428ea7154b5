#include "core/rbac/evaluate.hpp"

#include "core/base/error.hpp"
#include "core/rbac/action.hpp"
#include "core/rbac/scope.hpp"

#include <algorithm>

namespace azid::rbac {

namespace {

struct Words {
    Outcome outcome;
    std::string_view text;
};
constexpr Words outcome_words[] = {
    {Outcome::granted, "gives the action"},
    {Outcome::denied, "denies the action"},
    {Outcome::other_principal, "is for another principal"},
    {Outcome::excluded_principal, "does not apply to this principal, which it excludes"},
    {Outcome::other_scope, "is at another scope"},
    {Outcome::child_scope, "applies to its own scope only, not below it"},
    {Outcome::role_definition_missing, "refers to a role that does not exist"},
    {Outcome::action_not_included, "does not include the action"},
    {Outcome::excluded_by_not_actions, "includes the action and takes it out again"},
    {Outcome::control_action_only, "covers it among control actions, and it is a data action"},
    {Outcome::data_action_only, "covers it among data actions, and it is a control action"},
    {Outcome::condition_false, "would give the action, but its condition is not true"},
    {Outcome::condition_invalid, "would give the action, but its condition cannot be read"},
    {Outcome::not_yet, "gives the action, but has not spread yet"},
};

// How near an outcome is to a grant: of several permissions in one role the nearest is told.
int nearness(Outcome outcome) {
    switch (outcome) {
        case Outcome::granted:
            return 5;
        case Outcome::condition_false:
        case Outcome::condition_invalid:
            return 4;
        case Outcome::excluded_by_not_actions:
            return 3;
        case Outcome::control_action_only:
        case Outcome::data_action_only:
            return 2;
        default:
            return 1;
    }
}

struct Verdict {
    Outcome outcome = Outcome::action_not_included;
    std::string pattern;
    std::string condition;
};

class Evaluation {
  public:
    Evaluation(const Request& request, const Facts& facts) : request_(request), facts_(facts) {}

    Decision run() {
        Decision decision;
        for (const DenyAssignment& deny : facts_.denies) {
            decision.steps.push_back(step_of(deny));
            if (decision.steps.back().outcome == Outcome::denied && !decision.deny) decision.deny = deny;
        }
        for (const RoleAssignment& assignment : facts_.assignments) {
            decision.steps.push_back(step_of(assignment));
            if (decision.steps.back().outcome != Outcome::granted || decision.assignment) continue;
            decision.assignment = assignment;
            decision.definition = facts_.definitions.find(assignment.role_definition_id)->second;
        }
        decision.allowed = decision.assignment.has_value() && !decision.deny;
        decision.reason = reason_of(decision);
        return decision;
    }

  private:
    bool is_caller(const std::string& id) const {
        const auto same = [&](const std::string& group) { return iequals(group, id); };
        return iequals(id, request_.principal) ||
               std::any_of(request_.groups.begin(), request_.groups.end(), same);
    }

    // The first of these principals that is the caller, one of its groups, or everybody. Null when none is.
    const DenyPrincipal* caller_among(const std::vector<DenyPrincipal>& principals) const {
        for (const DenyPrincipal& principal : principals)
            if (principal.id == everyone_id || is_caller(principal.id)) return &principal;
        return nullptr;
    }

    bool is_above(std::string_view scope) const {
        const auto same = [&](const std::string& level) { return same_scope(level, scope); };
        return covers(scope, request_.scope) || std::any_of(facts_.chain.begin(), facts_.chain.end(), same);
    }

    Step step_of(const DenyAssignment& deny) const {
        Step step;
        step.is_deny = true;
        step.name = deny.name;
        step.scope = deny.scope;
        step.role_name = deny.display_name;
        const DenyPrincipal* who = caller_among(deny.principals);
        if (who != nullptr) step.principal = who->id;
        if (!is_above(deny.scope)) {
            step.outcome = Outcome::other_scope;
        } else if (deny.do_not_apply_to_child_scopes && !same_scope(deny.scope, request_.scope)) {
            step.outcome = Outcome::child_scope;
        } else if (who == nullptr) {
            step.outcome = Outcome::other_principal;
        } else if (caller_among(deny.exclude_principals) != nullptr) {
            step.outcome = Outcome::excluded_principal;
        } else {
            const Verdict verdict = verdict_of(deny.permissions, {});
            step.outcome = verdict.outcome == Outcome::granted ? Outcome::denied : verdict.outcome;
            step.pattern = verdict.pattern;
            step.condition = verdict.condition;
        }
        return step;
    }

    Step step_of(const RoleAssignment& assignment) const {
        Step step;
        step.name = assignment.name;
        step.scope = assignment.scope;
        step.principal = assignment.principal_id;
        step.role = assignment.role_definition_id;
        const auto definition = facts_.definitions.find(assignment.role_definition_id);
        const bool known = definition != facts_.definitions.end();
        if (known) step.role_name = definition->second.role_name;
        if (!is_caller(assignment.principal_id)) {
            step.outcome = Outcome::other_principal;
        } else if (!is_above(assignment.scope)) {
            step.outcome = Outcome::other_scope;
        } else if (!known) {
            step.outcome = Outcome::role_definition_missing;
        } else {
            const Verdict verdict = verdict_of(definition->second.permissions, assignment.condition);
            step.outcome = verdict.outcome;
            step.pattern = verdict.pattern;
            step.condition = verdict.condition;
            const auto delay = facts_.delayed.find(assignment.name);
            if (step.outcome == Outcome::granted && delay != facts_.delayed.end()) {
                step.outcome = Outcome::not_yet;
                step.counts_from = delay->second;
            }
        }
        return step;
    }

    Verdict verdict_of(const std::vector<Permission>& permissions, const std::string& condition) const {
        Verdict best;
        for (const Permission& permission : permissions) {
            const Verdict verdict = verdict_of(permission, condition);
            if (nearness(verdict.outcome) > nearness(best.outcome)) best = verdict;
        }
        return best;
    }

    Verdict verdict_of(const Permission& permission, const std::string& condition) const {
        const bool data = request_.is_data;
        const std::string* given =
            matching_pattern(data ? permission.data_actions : permission.actions, request_.action);
        if (given == nullptr) {
            const std::string* other =
                matching_pattern(data ? permission.actions : permission.data_actions, request_.action);
            if (other == nullptr) return {};
            return {data ? Outcome::control_action_only : Outcome::data_action_only, *other, {}};
        }
        const std::string* taken =
            matching_pattern(data ? permission.not_data_actions : permission.not_actions, request_.action);
        if (taken != nullptr) return {Outcome::excluded_by_not_actions, *taken, {}};
        for (const std::string* text : {&permission.condition, &condition}) {
            const Outcome outcome = outcome_of(*text);
            if (outcome != Outcome::granted) return {outcome, *given, *text};
        }
        return {Outcome::granted, *given, {}};
    }

    Outcome outcome_of(const std::string& condition) const {
        if (condition.empty()) return Outcome::granted;
        try {
            const bool holds = Condition::parse(condition).holds(request_.action, request_.attributes);
            return holds ? Outcome::granted : Outcome::condition_false;
        } catch (const Error&) {
            return Outcome::condition_invalid;
        }
    }

    static Reason reason_of(const Decision& decision) {
        if (decision.deny) return Reason::denied_by_deny_assignment;
        if (decision.assignment) return Reason::granted_by_role;
        Reason reason = Reason::no_assignment;
        for (const Step& step : decision.steps) {
            if (step.is_deny || step.outcome == Outcome::other_principal ||
                step.outcome == Outcome::other_scope)
                continue;
            if (step.outcome == Outcome::not_yet) return Reason::granted_later;
            const bool condition =
                step.outcome == Outcome::condition_false || step.outcome == Outcome::condition_invalid;
            if (condition) return Reason::condition_not_fulfilled;
            reason = Reason::action_not_granted;
        }
        return reason;
    }

    const Request& request_;
    const Facts& facts_;
};

}  // namespace

Decision evaluate(const Request& request, const Facts& facts) { return Evaluation(request, facts).run(); }

std::string_view words_for(Outcome outcome) {
    const auto* found = std::find_if(std::begin(outcome_words), std::end(outcome_words),
                                     [&](const Words& words) { return words.outcome == outcome; });
    return found == std::end(outcome_words) ? std::string_view() : found->text;
}

}  // namespace azid::rbac
