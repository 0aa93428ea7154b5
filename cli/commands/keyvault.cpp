#include "cli/commands/keyvault.hpp"

#include "cli/commands/generic_update.hpp"
#include "cli/commands/keyvault_shape.hpp"
#include "cli/commands/shape.hpp"
#include "cli/commands/wait.hpp"
#include "core/arm/groups.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "core/keyvault/vaults.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <utility>

namespace azid::commands {

namespace {

constexpr std::pair<const char*, const char*> switches[] = {
    {"enabled_for_deployment", "enabledForDeployment"},
    {"enabled_for_disk_encryption", "enabledForDiskEncryption"},
    {"enabled_for_template_deployment", "enabledForTemplateDeployment"},
    {"enable_rbac_authorization", "enableRbacAuthorization"},
    {"enable_purge_protection", "enablePurgeProtection"},
};

std::string az_date(const Json& text) {
    const std::optional<Instant> instant =
        text.is_string() ? parse_utc(text.get<std::string>()) : std::nullopt;
    return instant ? az_iso(*instant) : std::string();
}

Json create_properties(app::Context& context) {
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
    if (const std::optional<bool> given = args.three_state("enable_purge_protection"))
        properties["enablePurgeProtection"] = *given;
    if (args.given("retention_days")) properties["softDeleteRetentionInDays"] = retention_days(context);
    properties["networkAcls"] = network_rules_of(context);
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

Json shaped_deleted(Json vault) {
    for (const char* date : {"deletionDate", "scheduledPurgeDate"})
        vault["properties"][date] = az_date(vault["properties"][date]);
    fill_nulls(vault, "properties", "purgeProtectionEnabled");
    return vault;
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
    const std::string name = required_vault_name(context);
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
    return context.args.flag("no_wait") ? Json(nullptr) : shaped_vault(vault);
}

Json keyvault_show(app::Context& context) {
    return shaped_vault(keyvault::get_vault(context.session(), vault_id(context)));
}

Json keyvault_list(app::Context& context) {
    const std::string group = context.args.text("resource_group_name");
    Json vaults = Json::array();
    if (iequals(context.args.text("resource_type"), "hsm")) return vaults;
    for (const Json& vault : keyvault::list_vaults(context.session(), context.subscription, group))
        vaults.push_back(group.empty() ? with_fields(vault, "id location name tags type")
                                       : shaped_vault(vault));
    return vaults;
}

Json keyvault_delete(app::Context& context) {
    context.messages.warn(
        "Warning! If you have soft-delete protection enabled on this key vault, you will not be able to "
        "reuse this key vault "
        "name until the key vault has been purged from the soft deleted state. Please see the following "
        "documentation for "
        "additional guidance.\nhttps://learn.microsoft.com/azure/key-vault/general/soft-delete-overview");
    keyvault::delete_vault(context.session(), vault_id(context));
    return nullptr;
}

Json keyvault_update(app::Context& context) {
    const app::Args& args = context.args;
    const arm::ResourceId id = vault_id(context);
    Json vault = shaped_vault(keyvault::get_vault(context.session(), id));
    Json& properties = vault["properties"];
    for (const auto& [option, member] : switches)
        if (const std::optional<bool> given = args.three_state(option)) properties[member] = *given;
    if (args.given("retention_days")) properties["softDeleteRetentionInDays"] = retention_days(context);
    for (const auto& [option, member] :
         {std::pair("bypass", "bypass"), {"default_action", "defaultAction"}}) {
        if (!args.given(option)) continue;
        if (properties["networkAcls"].is_null())
            properties["networkAcls"] = {{"bypass", "AzureServices"}, {"defaultAction", "Allow"}};
        properties["networkAcls"][member] = args.text(option);
    }
    if (args.given("public_network_access"))
        properties["publicNetworkAccess"] = args.text("public_network_access");
    apply_generic_update(context, vault);
    const Json body{{"tags", vault["tags"]}, {"properties", vault["properties"]}};
    const Json after = keyvault::patch_vault(context.session(), id, body);
    return args.flag("no_wait") ? Json(nullptr) : shaped_vault(after);
}

Json keyvault_wait(app::Context& context) {
    return wait_for(context,
                    [&] { return shaped_vault(keyvault::get_vault(context.session(), vault_id(context))); });
}

Json keyvault_list_deleted(app::Context& context) {
    Json vaults = Json::array();
    if (iequals(context.args.text("resource_type"), "hsm")) return vaults;
    for (const Json& vault : keyvault::list_deleted_vaults(context.session(), context.subscription))
        vaults.push_back(shaped_deleted(vault));
    return vaults;
}

Json keyvault_show_deleted(app::Context& context) {
    return shaped_deleted(deleted_vault(context, required_vault_name(context)));
}

Json keyvault_recover(app::Context& context) {
    const Json vault = deleted_vault(context, required_vault_name(context));
    const arm::ResourceId id = arm::ResourceId::parse(text_at(vault["properties"], "vaultId")).value();
    const std::string group = context.args.text("resource_group_name");
    if (!group.empty() && group != id.group())
        throw Error(fault::client,
                    fmt::format("The specified resource group does not match that of the deleted vault or "
                                "hsm {}. The vault or hsm must be recovered to the original resource group "
                                "{}.",
                                context.args.text("vault_name"), id.group()));
    const Json body{{"location", vault["properties"]["location"]},
                    {"properties", {{"createMode", "recover"}}}};
    const Json recovered = keyvault::put_vault(context.session(), id, body);
    return context.args.flag("no_wait") ? Json(nullptr) : shaped_vault(recovered);
}

Json keyvault_purge(app::Context& context) {
    const Json vault = deleted_vault(context, required_vault_name(context));
    keyvault::purge_vault(context.session(), context.subscription, text_at(vault, "name"));
    return nullptr;
}

}  // namespace azid::commands
