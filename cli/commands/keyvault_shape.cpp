#include "cli/commands/keyvault_shape.hpp"

#include "cli/commands/shape.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/time.hpp"
#include "core/keyvault/vaults.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

namespace azid::commands {

namespace {

constexpr std::string_view vault_fields = "id location name properties systemData tags type";
constexpr std::string_view property_fields =
    "accessPolicies createMode enablePurgeProtection enableRbacAuthorization enableSoftDelete "
    "enabledForDeployment enabledForDiskEncryption enabledForTemplateDeployment hsmPoolResourceId "
    "networkAcls privateEndpointConnections provisioningState publicNetworkAccess sku "
    "softDeleteRetentionInDays tenantId vaultUri";

}  // namespace

Json shaped_vault(Json vault) {
    vault["properties"] = with_fields(vault["properties"], property_fields);
    fill_nulls(vault, "properties.accessPolicies[]", "applicationId");
    fill_nulls(vault, "properties.accessPolicies[].permissions", "certificates keys secrets storage");
    fill_nulls(vault, "properties.networkAcls", "ipRules virtualNetworkRules");
    fill_nulls(vault, "properties.networkAcls.virtualNetworkRules[]", "ignoreMissingVnetServiceEndpoint");
    for (const char* date : {"createdAt", "lastModifiedAt"}) {
        const std::optional<Instant> instant = parse_utc(text_at(vault["systemData"], date));
        if (instant) vault["systemData"][date] = az_iso(*instant);
    }
    return with_fields(vault, vault_fields);
}

std::string required_vault_name(const app::Context& context) {
    const std::string name = context.args.text("vault_name");
    if (name.empty()) throw Error(fault::client, "Please specify --vault-name or --hsm-name.");
    return name;
}

arm::ResourceId vault_id(const app::Context& context) {
    const std::string name = required_vault_name(context);
    const std::string group = context.args.text("resource_group_name");
    if (!group.empty()) return {context.subscription, group, "Microsoft.KeyVault", {{"vaults", name}}};
    const std::optional<arm::ResourceId> found =
        keyvault::find_vault_id(context.session(), context.subscription, name);
    if (!found)
        throw Error(fault::client, fmt::format("The Vault '{}' not found within subscription.", name));
    return *found;
}

int retention_days(const app::Context& context) {
    const std::string text = context.args.text("retention_days");
    int value = 0;
    const std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size())
        throw Error(fault::client, fmt::format("invalid literal for int() with base 10: '{}'", text));
    return value;
}

}  // namespace azid::commands
