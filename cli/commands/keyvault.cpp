#include "cli/commands/keyvault.hpp"

#include "cli/commands/shape.hpp"
#include "core/account/caller.hpp"
#include "core/arm/groups.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "core/entra/ports.hpp"
#include "core/keyvault/vaults.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

namespace azid::commands {

namespace {

constexpr std::string_view vault_fields = "id location name properties systemData tags type";
constexpr std::string_view property_fields =
    "accessPolicies createMode enablePurgeProtection enableRbacAuthorization enableSoftDelete "
    "enabledForDeployment "
    "enabledForDiskEncryption enabledForTemplateDeployment hsmPoolResourceId networkAcls "
    "privateEndpointConnections "
    "provisioningState publicNetworkAccess sku softDeleteRetentionInDays tenantId vaultUri";

std::string az_date(const Json& text) {
    const std::optional<Instant> instant =
        text.is_string() ? parse_utc(text.get<std::string>()) : std::nullopt;
    return instant ? az_iso(*instant) : std::string();
}

// A vault as az prints it: every field of its model, dates as Python writes them.
Json shaped(Json vault) {
    vault["properties"] = with_fields(vault["properties"], property_fields);
    fill_nulls(vault, "properties.accessPolicies[]", "applicationId");
    fill_nulls(vault, "properties.accessPolicies[].permissions", "certificates keys secrets storage");
    fill_nulls(vault, "properties.networkAcls", "ipRules virtualNetworkRules");
    for (const char* date : {"createdAt", "lastModifiedAt"})
        vault["systemData"][date] = az_date(vault["systemData"][date]);
    return with_fields(vault, vault_fields);
}

std::string required_name(const app::Context& context) {
    const std::string name = context.args.text("vault_name");
    if (name.empty()) throw Error(fault::client, "Please specify --vault-name or --hsm-name.");
    return name;
}

// By group and name, or by name in the whole subscription as az does without -g.
arm::ResourceId vault_id(const app::Context& context, const std::string& name) {
    const std::string group = context.args.text("resource_group_name");
    if (!group.empty()) return {context.subscription, group, "Microsoft.KeyVault", {{"vaults", name}}};
    const std::optional<arm::ResourceId> found =
        keyvault::find_vault_id(context.session(), context.subscription, name);
    if (!found)
        throw Error(fault::client, fmt::format("The Vault '{}' not found within subscription.", name));
    return *found;
}

int days(const std::string& text) {
    int value = 0;
    const std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size())
        throw Error(fault::usage, fmt::format("argument --retention-days: invalid int value: '{}'", text));
    return value;
}

Json create_properties(const app::Context& context) {
    const app::Args& args = context.args;
    Json properties;
    properties["sku"] = {{"family", "A"}, {"name", args.value("sku").value_or("standard")}};
    properties["accessPolicies"] = Json::array();
    properties["enabledForDeployment"] = args.flag("enabled_for_deployment");
    if (const std::optional<bool> given = args.three_state("enabled_for_disk_encryption"))
        properties["enabledForDiskEncryption"] = *given;
    if (const std::optional<bool> given = args.three_state("enabled_for_template_deployment"))
        properties["enabledForTemplateDeployment"] = *given;
    properties["enableRbacAuthorization"] = args.three_state("enable_rbac_authorization").value_or(true);
    if (args.flag("enable_purge_protection")) properties["enablePurgeProtection"] = true;
    if (args.given("retention_days"))
        properties["softDeleteRetentionInDays"] = days(args.text("retention_days"));
    properties["networkAcls"] = {{"bypass", args.value("bypass").value_or("AzureServices")},
                                 {"defaultAction", args.value("default_action").value_or("Allow")}};
    properties["publicNetworkAccess"] = args.value("public_network_access").value_or("Enabled");
    return properties;
}

// Without roles in charge the creator gets everything, as az has it.
void add_self_policy(const app::Context& context, Json& properties) {
    if (properties["enableRbacAuthorization"] == true || context.args.flag("no_self_perms")) return;
    const Json all = Json::array({"all"});
    Json policy;
    policy["tenantId"] = context.session().caller.tenant_id;
    policy["objectId"] = context.session().caller.object_id;
    policy["permissions"] = {{"keys", all}, {"secrets", all}, {"certificates", all}, {"storage", all}};
    properties["accessPolicies"].push_back(policy);
}

std::string policy_object_id(const app::Context& context) {
    const app::Args& args = context.args;
    const int given =
        (args.given("object_id") ? 1 : 0) + (args.given("spn") ? 1 : 0) + (args.given("upn") ? 1 : 0);
    if (given != 1) throw Error(fault::usage, "specify exactly one: --object-id, --spn, --upn");
    if (args.given("object_id")) return args.text("object_id");
    Session& session = context.session();
    const std::string tenant = session.caller.tenant_id;
    if (args.given("upn")) {
        if (const std::optional<entra::User> user = session.entra.find_user(tenant, args.text("upn")))
            return user->id;
    } else if (const std::optional<entra::ServicePrincipal> principal =
                   session.entra.find_service_principal_named(tenant, args.text("spn"))) {
        return principal->id;
    }
    throw Error(fault::client, fmt::format("Unable to get object id from principal name."));
}

// Replaces what is given of the principal's permissions, keeps the rest; a new principal gets a new policy.
void merge_policy(Json& policies, const std::string& object_id, const app::Context& context) {
    Json* policy = nullptr;
    for (Json& candidate : policies)
        if (iequals(text_at(candidate, "objectId"), object_id)) policy = &candidate;
    if (policy == nullptr) {
        policies.push_back({{"tenantId", context.session().caller.tenant_id},
                            {"objectId", object_id},
                            {"permissions", Json::object()}});
        policy = &policies.back();
        if (context.args.given("application_id"))
            (*policy)["applicationId"] = context.args.text("application_id");
    }
    for (const char* kind : {"key", "secret", "certificate", "storage"}) {
        const std::string option = std::string(kind) + "_permissions";
        const std::string member = std::string(kind) == "storage" ? "storage" : std::string(kind) + "s";
        if (context.args.given(option)) (*policy)["permissions"][member] = context.args.list(option);
    }
}

// The deleted vault of that name, in --location where one is given.
Json deleted_vault(const app::Context& context, const std::string& name) {
    const std::string location = context.args.text("location");
    for (const Json& vault : keyvault::list_deleted_vaults(context.session(), context.subscription))
        if (iequals(text_at(vault, "name"), name) &&
            (location.empty() || iequals(text_at(vault["properties"], "location"), location)))
            return vault;
    throw Error(fault::client, fmt::format("No deleted Vault or HSM was found with name {}", name));
}

}  // namespace

Json keyvault_create(app::Context& context) {
    const std::string name = required_name(context);
    const arm::ResourceId id(context.subscription, context.args.text("resource_group_name"),
                             "Microsoft.KeyVault", {{"vaults", name}});
    std::string location = context.args.text("location");
    if (location.empty())
        location = text_at(arm::get_group(context.session(), context.subscription, id.group()), "location");
    const std::optional<arm::ResourceId> existing =
        keyvault::find_vault_id(context.session(), context.subscription, name);
    if (existing && existing->key() == id.key())
        throw Error(fault::client, fmt::format("The specified vault: {} already exists", name));
    Json properties = create_properties(context);
    add_self_policy(context, properties);
    Json body{{"location", location}, {"properties", properties}};
    const Json tags = app::tags_of(context.args);
    if (!tags.is_null()) body["tags"] = tags;
    const Json vault = keyvault::put_vault(context.session(), id, body);
    return context.args.flag("no_wait") ? Json(nullptr) : shaped(vault);
}

Json keyvault_show(app::Context& context) {
    return shaped(keyvault::get_vault(context.session(), vault_id(context, required_name(context))));
}

Json keyvault_list(app::Context& context) {
    const std::string group = context.args.text("resource_group_name");
    Json vaults = Json::array();
    for (const Json& vault : keyvault::list_vaults(context.session(), context.subscription, group))
        vaults.push_back(group.empty() ? with_fields(vault, "id location name tags type") : shaped(vault));
    return vaults;
}

Json keyvault_delete(app::Context& context) {
    context.messages.warn(
        "Warning! If you have soft-delete protection enabled on this key vault, you will not be able to "
        "reuse this key vault "
        "name until the key vault has been purged from the soft deleted state. Please see the following "
        "documentation for "
        "additional guidance.\nhttps://learn.microsoft.com/azure/key-vault/general/soft-delete-overview");
    keyvault::delete_vault(context.session(), vault_id(context, required_name(context)));
    return nullptr;
}

Json keyvault_set_policy(app::Context& context) {
    const std::string object_id = policy_object_id(context);
    const arm::ResourceId id = vault_id(context, required_name(context));
    const Json vault = keyvault::get_vault(context.session(), id);
    if (vault["properties"].value("enableRbacAuthorization", false))
        throw Error(fault::client,
                    "Cannot set policies to a vault with '--enable-rbac-authorization' specified");
    Json policies = vault["properties"]["accessPolicies"];
    merge_policy(policies, object_id, context);
    return shaped(
        keyvault::patch_vault(context.session(), id, {{"properties", {{"accessPolicies", policies}}}}));
}

Json keyvault_list_deleted(app::Context& context) {
    Json vaults = Json::array();
    for (Json vault : keyvault::list_deleted_vaults(context.session(), context.subscription)) {
        for (const char* date : {"deletionDate", "scheduledPurgeDate"})
            vault["properties"][date] = az_date(vault["properties"][date]);
        fill_nulls(vault, "properties", "purgeProtectionEnabled");
        vaults.push_back(vault);
    }
    return vaults;
}

Json keyvault_recover(app::Context& context) {
    const Json vault = deleted_vault(context, required_name(context));
    const arm::ResourceId id = arm::ResourceId::parse(text_at(vault["properties"], "vaultId")).value();
    const Json body{{"location", vault["properties"]["location"]},
                    {"properties", {{"createMode", "recover"}}}};
    const Json recovered = keyvault::put_vault(context.session(), id, body);
    return context.args.flag("no_wait") ? Json(nullptr) : shaped(recovered);
}

Json keyvault_purge(app::Context& context) {
    const Json vault = deleted_vault(context, required_name(context));
    keyvault::purge_vault(context.session(), context.subscription, text_at(vault, "name"));
    return nullptr;
}

}  // namespace azid::commands
