// Access policies of a vault that does not go by roles.
#include "cli/commands/keyvault.hpp"
#include "cli/commands/keyvault_shape.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/keyvault/vaults.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

constexpr std::pair<const char*, const char*> permission_options[] = {
    {"key_permissions", "keys"},
    {"secret_permissions", "secrets"},
    {"certificate_permissions", "certificates"},
    {"storage_permissions", "storage"},
};

std::string principal_given(const app::Context& context) {
    const app::Args& args = context.args;
    if (!args.text("object_id").empty()) return args.text("object_id");
    Session& session = context.session();
    const std::string tenant = session.caller.tenant_id;
    if (!args.text("upn").empty()) {
        if (const std::optional<entra::User> user = session.entra.find_user(tenant, args.text("upn")))
            return user->id;
    } else if (const std::optional<entra::ServicePrincipal> principal =
                   session.entra.find_service_principal_named(tenant, args.text("spn"))) {
        return principal->id;
    }
    throw Error(fault::client, "Unable to get object id from principal name.");
}

// Whether the policy is the one for this principal and application.
bool is_for(const Json& policy, const std::string& object_id, const std::string& application_id) {
    return iequals(text_at(policy, "objectId"), object_id) &&
           iequals(text_at(policy, "applicationId"), application_id);
}

// The vault, as long as it goes by access policies.
Json vault_with_policies(const app::Context& context, const arm::ResourceId& id, std::string_view verb) {
    Json vault = keyvault::get_vault(context.session(), id);
    if (vault["properties"].value("enableRbacAuthorization", false))
        throw Error(
            fault::client,
            fmt::format("Cannot {} policies to a vault with '--enable-rbac-authorization' specified", verb));
    return vault;
}

// Replaces what is given of the principal's permissions, keeps the rest; a new principal gets a new policy.
void merge_policy(Json& policies, const std::string& object_id, const app::Context& context,
                  const Json& tenant) {
    const std::string application = context.args.text("application_id");
    Json* policy = nullptr;
    for (Json& candidate : policies)
        if (is_for(candidate, object_id, application)) policy = &candidate;
    if (policy == nullptr) {
        Json added{{"tenantId", tenant}, {"objectId", object_id}, {"permissions", Json::object()}};
        if (!application.empty()) added["applicationId"] = application;
        policies.push_back(added);
        policy = &policies.back();
    }
    for (const auto& [option, member] : permission_options) {
        if (!context.args.given(option)) continue;
        Json names = Json::array();
        for (const std::string& name : context.args.list(option))
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        (*policy)["permissions"][member] = names;
    }
}

Json put_back(const app::Context& context, const arm::ResourceId& id, const Json& policies) {
    const Json after =
        keyvault::patch_vault(context.session(), id, {{"properties", {{"accessPolicies", policies}}}});
    return context.args.flag("no_wait") ? Json(nullptr) : shaped_vault(after);
}

}  // namespace

Json keyvault_set_policy(app::Context& context) {
    const std::string object_id = principal_given(context);
    const arm::ResourceId id = vault_id(context);
    const Json vault = vault_with_policies(context, id, "set");
    Json policies = vault["properties"]["accessPolicies"];
    merge_policy(policies, object_id, context, vault["properties"]["tenantId"]);
    return put_back(context, id, policies);
}

Json keyvault_delete_policy(app::Context& context) {
    const std::string object_id = principal_given(context);
    const arm::ResourceId id = vault_id(context);
    const Json vault = vault_with_policies(context, id, "delete");
    Json kept = Json::array();
    for (const Json& policy : vault["properties"]["accessPolicies"])
        if (!is_for(policy, object_id, context.args.text("application_id"))) kept.push_back(policy);
    if (kept.size() == vault["properties"]["accessPolicies"].size())
        throw Error(fault::client, "No matching policies found");
    return put_back(context, id, kept);
}

}  // namespace azid::commands
