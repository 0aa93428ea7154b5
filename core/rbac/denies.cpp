#include "core/rbac/denies.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/assignments.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/scope.hpp"
#include "core/rbac/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace azid::rbac {

namespace {

constexpr std::string_view read_action = "Microsoft.Authorization/denyAssignments/read";
constexpr std::string_view write_action = "Microsoft.Authorization/denyAssignments/write";
constexpr std::string_view delete_action = "Microsoft.Authorization/denyAssignments/delete";

void complete(Session& session, std::vector<DenyPrincipal>& principals) {
    for (DenyPrincipal& principal : principals) {
        if (principal.id == everyone_id) {
            principal.type = "SystemDefined";
            continue;
        }
        const std::optional<entra::Principal> found = session.entra.find_principal(principal.id);
        if (!found)
            throw Error(fault::principal_not_found,
                        fmt::format("Principal {} does not exist in the directory {}.",
                                    bare_guid(principal.id), session.caller.tenant_id));
        principal.id = lower(found->id);
        principal.type = found->type == entra::PrincipalType::user    ? "User"
                         : found->type == entra::PrincipalType::group ? "Group"
                                                                      : "ServicePrincipal";
    }
}

std::optional<DenyAssignment> found_at(Session& session, std::string_view scope, std::string_view name) {
    for (DenyAssignment& deny : session.rbac.deny_assignments())
        if (iequals(deny.name, name) && same_scope(deny.scope, scope)) return std::move(deny);
    return std::nullopt;
}

// Whoever may write deny assignments may also lift one that blocks everything: nobody is locked out for good.
void authorise_despite_denies(Session& session, std::string_view action, std::string_view scope) {
    Question question;
    question.action = action;
    question.scope = scope;
    question.ignore_denies = true;
    if (!decide(session, session.caller, question).allowed)
        throw Error(fault::authorization_failed, refusal_text(session.caller, action, scope));
}

bool is_empty(const Permission& permission) {
    return permission.actions.empty() && permission.data_actions.empty();
}

}  // namespace

Json create_deny_assignment(Session& session, DenyAssignment assignment) {
    assignment.name = new_guid(session.random);
    assignment.scope = trimmed_scope(assignment.scope);
    const std::string id = extension_id(assignment.scope, deny_type, assignment.name);
    authorise(session, write_action, id);
    require_scope(session, assignment.scope);
    if (std::all_of(assignment.permissions.begin(), assignment.permissions.end(), is_empty))
        throw Error(fault::bad_request, "A deny assignment must deny at least one action or data action.");
    complete(session, assignment.principals);
    complete(session, assignment.exclude_principals);
    assignment.created_on = session.now;
    session.rbac.save(assignment);
    session.note("rbac", "deny assignment created", id, compact({{"name", assignment.display_name}}));
    return wire(assignment);
}

std::vector<Json> list_deny_assignments(Session& session, std::string_view scope) {
    authorise_despite_denies(session, read_action, scope);
    require_scope(session, scope);
    const std::vector<std::string> chain = chain_of(session, scope);
    std::vector<Json> found;
    for (const DenyAssignment& deny : session.rbac.deny_assignments()) {
        const bool above = std::any_of(chain.begin(), chain.end(), [&](const std::string& level) {
            return same_scope(level, deny.scope);
        });
        if (above || covers(scope, deny.scope)) found.push_back(wire(deny));
    }
    return found;
}

Json get_deny_assignment(Session& session, std::string_view scope, std::string_view name) {
    authorise(session, read_action, extension_id(scope, deny_type, name));
    const std::optional<DenyAssignment> deny = found_at(session, scope, name);
    if (!deny)
        throw Error(fault::deny_assignment_not_found,
                    fmt::format("The deny assignment '{}' is not found.", name));
    return wire(*deny);
}

bool delete_deny_assignment(Session& session, std::string_view scope, std::string_view name) {
    const std::string id = extension_id(scope, deny_type, name);
    authorise_despite_denies(session, delete_action, id);
    const std::optional<DenyAssignment> deny = found_at(session, scope, name);
    if (!deny) return false;
    if (deny->is_system_protected)
        throw Error(fault::authorization_failed, refusal_text(session.caller, delete_action, id));
    session.rbac.erase_deny_assignment(deny->name);
    session.note("rbac", "deny assignment deleted", id);
    return true;
}

}  // namespace azid::rbac
