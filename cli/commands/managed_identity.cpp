#include "cli/commands/managed_identity.hpp"

#include "cli/commands/role_words.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/rbac/assignments.hpp"
#include "core/settings/settings.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view local_identity = "[system]";

std::string identity_id(const app::Context& context, const std::string& word) {
    if (arm::ResourceId::parse(word)) return word;
    return fmt::format("{}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{}",
                       context.group_scope(), word);
}

}  // namespace

WantedIdentities wanted_identities(const app::Context& context, const std::vector<std::string>& words) {
    WantedIdentities wanted;
    wanted.system = words.empty();
    for (const std::string& word : words) {
        if (word == local_identity)
            wanted.system = true;
        else
            wanted.user_assigned.push_back(identity_id(context, word));
    }
    return wanted;
}

Json added_identities(const Json& before, const WantedIdentities& wanted) {
    const std::string had = before.is_object() ? text_at(before, "type") : "";
    const bool system = wanted.system || had.starts_with("SystemAssigned");
    const bool user = !wanted.user_assigned.empty() || had.ends_with("UserAssigned");
    Json identity;
    identity["type"] = system && user ? "SystemAssigned, UserAssigned"
                       : user         ? "UserAssigned"
                                      : "SystemAssigned";
    for (const std::string& id : wanted.user_assigned)
        identity["userAssignedIdentities"][id] = Json::object();
    return identity;
}

Json identity_summary(const Json& identity, std::string_view role, std::string_view scope) {
    Json summary;
    summary["systemAssignedIdentity"] = text_at(identity, "principalId");
    const Json* assigned = find(identity, "userAssignedIdentities");
    summary["userAssignedIdentities"] =
        assigned != nullptr && assigned->is_object() ? *assigned : Json::object();
    if (!scope.empty()) {
        summary["role"] = role;
        summary["scope"] = scope;
    }
    return summary;
}

std::string role_id_for(app::Context& context, const std::string& role, const std::string& scope) {
    return role_definition_from(context, role, scope);
}

std::string scope_for(app::Context& context, const std::string& given) {
    std::string scope = scope_from(context, given);
    if (scope.starts_with('/')) return scope;
    throw Error(
        fault::client,
        fmt::format("Invalid scope '{}'. It must be an id, such as /subscriptions/{}, or the name of a "
                    "subscription.",
                    given, context.subscription));
}

void require_role_with_scope(bool role, bool scope) {
    if (role != scope)
        throw Error(
            fault::client,
            "usage error: please specify both --role and --scope when assigning a role to the managed "
            "identity");
}

void require_system_for_role(const WantedIdentities& wanted) {
    if (!wanted.system)
        throw Error(fault::client,
                    "usage error: '--scope'/'--role' is only applicable when assign system identity");
}

// az asks again for three minutes where the directory does not know the new principal yet, and then gives up.
std::string_view type_after_retries(Session& session) {
    constexpr std::chrono::seconds patience{36 * 5};
    return settings::lag(session, settings::entra_replication) <= patience ? "ServicePrincipal" : "";
}

void give_role(app::Context& context, const std::string& principal, const std::string& role_id,
               const std::string& scope) {
    Session& session = context.session();
    try {
        rbac::put_role_assignment(
            session, scope, new_guid(session.random),
            rbac::role_assignment_body(role_id, principal, type_after_retries(session)));
    } catch (const Error& error) {
        if (error.fault().code != fault::role_assignment_exists.code) throw;
    }
}

}  // namespace azid::commands
