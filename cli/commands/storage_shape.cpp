#include "cli/commands/storage_shape.hpp"

#include "cli/commands/shape.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/time.hpp"
#include "core/storage/accounts.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// Every field of az's model of an account (shapes of azure-mgmt-storage 23).
constexpr std::string_view account_fields =
    "accessTier accountMigrationInProgress allowBlobPublicAccess allowCrossTenantReplication "
    "allowSharedKeyAccess allowedCopyScope azureFilesIdentityBasedAuthentication blobRestoreStatus "
    "creationTime customDomain defaultToOAuthAuthentication dnsEndpointType enableExtendedGroups "
    "enableHttpsTrafficOnly enableNfsV3 encryption extendedLocation failoverInProgress geoReplicationStats "
    "id identity immutableStorageWithVersioning isHnsEnabled isLocalUserEnabled isSftpEnabled "
    "isSkuConversionBlocked keyCreationTime keyPolicy kind largeFileSharesState lastGeoFailoverTime "
    "location minimumTlsVersion name networkRuleSet primaryEndpoints primaryLocation "
    "privateEndpointConnections provisioningState publicNetworkAccess routingPreference sasPolicy "
    "secondaryEndpoints secondaryLocation sku statusOfPrimary statusOfSecondary "
    "storageAccountSkuConversionStatus tags type";

void rename(Json& object, const char* wire, const char* printed) {
    const auto found = object.find(wire);
    if (found == object.end()) return;
    const Json value = *found;
    object.erase(wire);
    object[printed] = value;
}

}  // namespace

void python_dates(Json& object, std::initializer_list<const char*> members) {
    if (!object.is_object()) return;
    for (const char* member : members) {
        const std::optional<Instant> instant = parse_utc(text_at(object, member));
        if (instant) object[member] = az_iso(*instant);
    }
}

Json shaped_account(const Json& account) {
    Json body = flattened(account);
    rename(body, "supportsHttpsTrafficOnly", "enableHttpsTrafficOnly");
    rename(body, "networkAcls", "networkRuleSet");
    rename(body, "isNfsV3Enabled", "enableNfsV3");
    python_dates(body, {"creationTime"});
    python_dates(body["keyCreationTime"], {"key1", "key2"});
    for (auto& [name, service] : body["encryption"]["services"].items())
        python_dates(service, {"lastEnabledTime"});
    body["encryption"] = with_fields(
        body["encryption"],
        "encryptionIdentity keySource keyVaultProperties requireInfrastructureEncryption services");
    fill_nulls(body, "encryption.services", "blob file queue table");
    for (const char* name : {"primaryEndpoints", "secondaryEndpoints"})
        if (body.contains(name))
            body[name] =
                with_fields(body[name], "blob dfs file internetEndpoints microsoftEndpoints queue table web");
    fill_nulls(body, "networkRuleSet",
               "bypass defaultAction ipRules ipv6Rules resourceAccessRules virtualNetworkRules");
    fill_nulls(body, "routingPreference", "publishInternetEndpoints publishMicrosoftEndpoints routingChoice");
    fill_nulls(body, "customDomain", "useSubDomainName");
    return with_fields(body, account_fields);
}

arm::ResourceId storage_account_id(const app::Context& context) {
    const std::string group = context.args.text("resource_group_name");
    const std::string name = context.args.text("account_name");
    if (!group.empty())
        return {context.subscription, group, "Microsoft.Storage", {{"storageAccounts", name}}};
    const std::optional<arm::ResourceId> found =
        storage::find_account_id(context.session(), context.subscription, name);
    if (!found) throw Error(fault::usage, fmt::format("Storage account '{}' not found.", name));
    return *found;
}

}  // namespace azid::commands
