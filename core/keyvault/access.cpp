#include "core/keyvault/access.hpp"

#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/keyvault/ports.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::keyvault {

namespace {

// A signed-in user's requests carry az's own client id.
std::string_view application_of(const Caller& caller) {
    return caller.app_id.empty() ? "04b07795-8ddb-461a-bbee-02f9e1bf7b46" : std::string_view(caller.app_id);
}

// "appid=...;oid=...;iss=...", as Key Vault names callers (KEYVAULT.md, 403 bodies). A managed identity's
// token also names its resource.
std::string caller_text(const Caller& caller, bool with_resource) {
    std::string text = fmt::format("appid={};oid={};iss=https://sts.windows.net/{}/", application_of(caller),
                                   caller.object_id, caller.tenant_id);
    if (with_resource && !caller.managed_identity_resource.empty())
        text += ";xms_mirid=" + caller.managed_identity_resource;
    return text;
}

std::string data_scope(const arm::Resource& vault, const Operation& operation, std::string_view object) {
    std::string scope = vault.id.text();
    if (!object.empty()) scope += fmt::format("/{}/{}", operation.collection, object);
    return scope;
}

[[noreturn]] void refuse_by_role(Session& session, const arm::Resource& vault, const Operation& operation,
                                 std::string_view object, bool denied) {
    std::string resource =
        fmt::format("/subscriptions/{}/resourcegroups/{}/providers/microsoft.keyvault/vaults/{}",
                    vault.id.subscription(), vault.id.group(), lower(vault.id.name()));
    if (!object.empty()) resource += fmt::format("/{}/{}", operation.collection, object);
    Error error(
        fault::vault_forbidden,
        fmt::format(
            "Caller is not authorized to perform action on resource.\r\nIf role assignments, deny "
            "assignments "
            "or role definitions were changed recently, please observe propagation time.\r\nCaller: {}\r\n"
            "Action: '{}'\r\nResource: '{}'\r\nAssignment: (not found)\r\nDenyAssignmentId: null\r\n"
            "DecisionReason: '{}' \r\nVault: {};location={}\r\n",
            caller_text(session.caller, true), operation.data_action, resource,
            denied ? "DeniedByDenyAssignment" : "DeniedWithNoValidRBAC", lower(vault.id.name()),
            vault.location));
    throw error.with_inner_code("ForbiddenByRbac");
}

bool permits(const Json& policy, const Caller& caller, const Operation& operation) {
    const std::string object_id = text_at(policy, "objectId");
    const bool is_caller = iequals(object_id, caller.object_id) ||
                           std::any_of(caller.groups.begin(), caller.groups.end(),
                                       [&](const std::string& group) { return iequals(group, object_id); });
    // A policy for an application on a user's behalf counts for that application's tokens only.
    const std::string application = text_at(policy, "applicationId");
    if (!application.empty() && !iequals(application, application_of(caller))) return false;
    const Json* granted = find(policy, fmt::format("permissions.{}", operation.collection));
    if (!is_caller || granted == nullptr || !granted->is_array()) return false;
    return std::any_of(granted->begin(), granted->end(), [&](const Json& given) {
        return given.is_string() &&
               (iequals(given.get<std::string>(), operation.permission) ||
                (iequals(given.get<std::string>(), "all") && operation.permission != "purge"));
    });
}

void note_policy(Session& session, const arm::Resource& vault, const Operation& operation, bool allowed) {
    session.note(
        "keyvault", allowed ? "access policy allows" : "access policy refuses", vault.id.text(),
        compact(Json{{"principal", session.caller.object_id},
                     {"permission", fmt::format("{} {}", operation.collection, operation.permission)}}));
}

void authorise_by_policy(Session& session, const arm::Resource& vault, const Json& properties,
                         const Operation& operation) {
    for (const Json& policy : properties.value("accessPolicies", Json::array()))
        if (permits(policy, session.caller, operation)) {
            note_policy(session, vault, operation, true);
            return;
        }
    note_policy(session, vault, operation, false);
    Error error(fault::vault_forbidden,
                fmt::format("The user, group or application '{}' does not have {} {} permission on key vault "
                            "'{};location={}'. For help resolving this issue, please see "
                            "https://go.microsoft.com/fwlink/?linkid=2125287",
                            caller_text(session.caller, false), operation.collection, operation.permission,
                            lower(vault.id.name()), vault.location));
    throw error.with_inner_code("AccessDenied");
}

}  // namespace

arm::Resource require_vault(Session& session, std::string_view name) {
    const std::optional<Vault> vault = session.keyvault.find_vault(name);
    const std::optional<arm::ResourceId> id =
        vault && !vault->deleted ? arm::ResourceId::parse(vault->resource_id) : std::nullopt;
    const std::optional<arm::Resource> resource = id ? session.arm.find_resource(*id) : std::nullopt;
    if (!resource)
        throw Error(
            fault::client,
            fmt::format(
                "The host name '{}.vault.azure.net' cannot be resolved: there is no vault of that name.",
                name));
    return *resource;
}

void authorise(Session& session, const arm::Resource& vault, const Operation& operation,
               std::string_view object) {
    const Json properties = Json::parse(vault.properties);
    if (!properties.value("enableRbacAuthorization", false)) {
        authorise_by_policy(session, vault, properties, operation);
        return;
    }
    rbac::Question question;
    question.action = operation.data_action;
    question.scope = data_scope(vault, operation, object);
    question.is_data = true;
    const rbac::Decision decision = rbac::decide(session, session.caller, question);
    session.note("rbac", decision.allowed ? "data action allowed" : "data action refused", question.scope,
                 rbac::decision_details(session.caller, question.action, decision));
    if (!decision.allowed)
        refuse_by_role(session, vault, operation, object,
                       decision.reason == rbac::Reason::denied_by_deny_assignment);
}

}  // namespace azid::keyvault
