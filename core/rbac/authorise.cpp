#include "core/rbac/authorise.hpp"

#include "core/arm/admission.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/scope.hpp"
#include "core/settings/settings.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace azid::rbac {

namespace {

// The subscription or management group in whose tree the scope hangs; empty for scopes of the tenant.
std::string tree_node_of(std::string_view scope) {
    if (!istarts_with(scope, management_group_prefix)) return arm::subscription_of(scope);
    const std::string_view rest = scope.substr(management_group_prefix.size());
    return std::string(rest.substr(0, rest.find('/')));
}

// Whoever's roles count for the caller.
std::vector<std::string> principals_of(const Request& request) {
    std::vector<std::string> principals = request.groups;
    principals.push_back(request.principal);
    return principals;
}

void add_others_of_caller(Session& session, const Request& request,
                          std::vector<RoleAssignment>& assignments) {
    for (RoleAssignment& assignment : session.rbac.role_assignments_of(principals_of(request))) {
        const auto same = [&](const RoleAssignment& known) { return iequals(known.name, assignment.name); };
        if (std::none_of(assignments.begin(), assignments.end(), same))
            assignments.push_back(std::move(assignment));
    }
}

// Made assignments count later and removed ones still do, while rbac.propagation is on. Source: "Azure RBAC
// limits and troubleshooting": changes take up to ten minutes.
void add_what_spreads(Session& session, Facts& facts) {
    if (settings::lag(session, settings::rbac_propagation).count() == 0) return;
    facts.delayed = session.rbac.delayed(session.now);
    for (auto& [assignment, until] : session.rbac.removed(session.now))
        facts.assignments.push_back(std::move(assignment));
}

void add_definitions(Session& session, Facts& facts) {
    for (const RoleAssignment& assignment : facts.assignments) {
        if (facts.definitions.contains(assignment.role_definition_id)) continue;
        std::optional<RoleDefinition> role = session.rbac.find_role_definition(assignment.role_definition_id);
        if (role) facts.definitions.emplace(assignment.role_definition_id, std::move(*role));
    }
}

Decision decide_for_caller(Session& session, std::string_view action, std::string_view scope,
                           const Attributes& attributes) {
    Question question;
    question.action = action;
    question.scope = scope;
    question.attributes = attributes;
    return decide(session, session.caller, question);
}

// Of what anybody may read by a right of his own nothing is kept; of code's steps everything is.
void note_decision(Session& session, std::string_view action, std::string_view scope,
                   const Decision& decision) {
    const bool is_read = iequals(action.substr(action.rfind('/') + 1), "read");
    if (is_read && decision.allowed && session.caller.managed_identity_resource.empty()) return;
    session.note("rbac", decision.allowed ? "action allowed" : "action refused", std::string(scope),
                 decision_details(session.caller, action, decision));
}

// ARM's words where a role gives the action and a deny assignment takes it.
std::string denial_text(const Caller& caller, std::string_view action, std::string_view scope,
                        const DenyAssignment& deny) {
    return fmt::format(
        "The client '{}' with object id '{}' has permission to perform action '{}' on scope '{}'; however, "
        "the "
        "access is denied because of the deny assignment with name '{}' and Id '{}' at scope '{}'.",
        caller.name, caller.object_id, action, scope, deny.display_name,
        replace_all(lower(deny.name), "-", ""), deny.scope);
}

}  // namespace

std::vector<std::string> chain_of(Session& session, std::string_view scope) {
    const std::string node = tree_node_of(trimmed_scope(scope));
    return scope_chain(scope,
                       node.empty() ? std::vector<std::string>{} : session.arm.management_groups_above(node));
}

Decision decide(Session& session, const Caller& caller, const Question& question) {
    Request request;
    request.principal = caller.object_id;
    request.groups = caller.groups;
    request.action = question.action;
    request.is_data = question.is_data;
    request.scope = trimmed_scope(question.scope);
    request.attributes = question.attributes;
    request.attributes.environment.insert({"UtcNow", {utc_seconds(session.now)}});
    Facts facts;
    facts.chain = chain_of(session, question.scope);
    if (question.look_everywhere) {
        facts.assignments = session.rbac.role_assignments_at(facts.chain);
        add_others_of_caller(session, request, facts.assignments);
    } else {
        facts.assignments = session.rbac.role_assignments_at(facts.chain, principals_of(request));
    }
    add_what_spreads(session, facts);
    if (!question.ignore_denies) facts.denies = session.rbac.deny_assignments();
    add_definitions(session, facts);
    return evaluate(request, facts);
}

Caller caller_from_directory(Session& session, std::string_view object_id) {
    Caller caller;
    caller.object_id = lower(object_id);
    caller.tenant_id = session.caller.tenant_id;
    caller.name = caller.object_id;
    caller.is_user = false;
    const std::optional<entra::Principal> principal = session.entra.find_principal(object_id);
    if (!principal) return caller;
    caller.name = principal->name;
    caller.is_user = principal->type == entra::PrincipalType::user;
    caller.groups = session.entra.transitive_groups(object_id);
    if (principal->type != entra::PrincipalType::service_principal) return caller;
    const std::optional<entra::ServicePrincipal> service = session.entra.find_service_principal(object_id);
    if (service) caller.app_id = caller.name = service->app_id;
    return caller;
}

std::string decision_details(const Caller& caller, std::string_view action, const Decision& decision) {
    constexpr std::string_view reasons[] = {
        "a role assignment gives it",
        "a deny assignment takes it",
        "no role assignment at this scope or above is for the caller",
        "no role assignment of the caller at this scope or above gives it",
        "the condition of the only role assignment that gives it is not met",
        "the role assignment that gives it has not spread yet"};
    static_assert(std::size(reasons) == static_cast<std::size_t>(Reason::granted_later) + 1);
    Json details{{"action", action},
                 {"principal", caller.object_id},
                 {"reason", reasons[static_cast<std::size_t>(decision.reason)]}};
    if (decision.definition) details["role"] = decision.definition->role_name;
    if (decision.assignment) details["assignedAt"] = decision.assignment->scope;
    if (decision.deny) details["denyAssignment"] = decision.deny->display_name;
    return compact(details);
}

bool may(Session& session, std::string_view action, std::string_view scope) {
    return decide_for_caller(session, action, scope, {}).allowed;
}

std::string refusal_text(const Caller& caller, std::string_view action, std::string_view scope) {
    return fmt::format(
        "The client '{}' with object id '{}' does not have authorization to perform action '{}' over scope "
        "'{}' or the "
        "scope is invalid. If access was recently granted, please refresh your credentials.",
        caller.name, caller.object_id, action, scope);
}

void authorise(Session& session, std::string_view action, std::string_view scope) {
    authorise(session, action, scope, {});
}

void authorise(Session& session, std::string_view action, std::string_view scope,
               const Attributes& attributes) {
    const Decision decision = decide_for_caller(session, action, scope, attributes);
    note_decision(session, action, scope, decision);
    if (decision.allowed) return arm::admit(session, action, scope);
    const Error refusal =
        decision.deny && decision.assignment
            ? Error(fault::deny_assignment_authorization_failed,
                    denial_text(session.caller, action, scope, *decision.deny))
            : Error(fault::authorization_failed, refusal_text(session.caller, action, scope));
    arm::note_refusal(session, action, scope, refusal);
    throw refusal;
}

void authorise_linked(Session& session, std::string_view action, std::string_view scope,
                      std::string_view linked_action, const std::vector<std::string>& linked_scopes) {
    std::vector<std::string> refused;
    for (const std::string& linked : linked_scopes)
        if (!may(session, linked_action, linked)) refused.push_back(linked);
    if (refused.empty()) return;
    session.note("rbac", "action refused", refused.front(),
                 compact(Json{{"action", linked_action},
                              {"principal", session.caller.object_id},
                              {"reason", "the caller may not do this with what the request names"}}));
    throw Error(
        fault::linked_authorization_failed,
        fmt::format(
            "The client '{}' with object id '{}' has permission to perform action '{}' on scope '{}'; "
            "however, it does not have permission to perform action '{}' on the linked scope(s) '{}' or "
            "the linked scope(s) are invalid.",
            session.caller.name, session.caller.object_id, action, scope, linked_action, join(refused, ",")));
}

}  // namespace azid::rbac
