#include "cli/commands/storage.hpp"

#include "cli/commands/shape.hpp"
#include "core/arm/groups.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/time.hpp"
#include "core/storage/accounts.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

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

struct Kept {
    enum class As { text, boolean, integer };
    std::string_view key;
    const char* pointer;  // into the body's properties
    As as = As::text;
};
constexpr Kept kept[] = {
    {"custom_domain", "/customDomain/name"},
    {"access_tier", "/accessTier"},
    {"https_only", "/supportsHttpsTrafficOnly", Kept::As::boolean},
    {"enable_sftp", "/isSftpEnabled", Kept::As::boolean},
    {"enable_local_user", "/isLocalUserEnabled", Kept::As::boolean},
    {"enable_hierarchical_namespace", "/isHnsEnabled", Kept::As::boolean},
    {"encryption_key_type_for_table", "/encryption/services/table/keyType"},
    {"encryption_key_type_for_queue", "/encryption/services/queue/keyType"},
    {"routing_choice", "/routingPreference/routingChoice"},
    {"publish_microsoft_endpoints", "/routingPreference/publishMicrosoftEndpoints", Kept::As::boolean},
    {"publish_internet_endpoints", "/routingPreference/publishInternetEndpoints", Kept::As::boolean},
    {"require_infrastructure_encryption", "/encryption/requireInfrastructureEncryption", Kept::As::boolean},
    {"allow_blob_public_access", "/allowBlobPublicAccess", Kept::As::boolean},
    {"min_tls_version", "/minimumTlsVersion"},
    {"allow_shared_key_access", "/allowSharedKeyAccess", Kept::As::boolean},
    {"sas_expiration_period", "/sasPolicy/sasExpirationPeriod"},
    {"key_expiration_period_in_days", "/keyPolicy/keyExpirationPeriodInDays", Kept::As::integer},
    {"allow_cross_tenant_replication", "/allowCrossTenantReplication", Kept::As::boolean},
    {"enable_nfs_v3", "/isNfsV3Enabled", Kept::As::boolean},
    {"public_network_access", "/publicNetworkAccess"},
    {"dns_endpoint_type", "/dnsEndpointType"},
};

int whole_number(const std::string& text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Json value_of(const app::Args& args, const Kept& entry) {
    if (entry.as == Kept::As::boolean) return *args.three_state(entry.key);
    if (entry.as == Kept::As::integer) return whole_number(args.text(entry.key));
    return args.text(entry.key);
}

Json network_rules(const app::Args& args) {
    const std::vector<std::string> bypass = args.list("bypass");
    std::string joined;
    for (const std::string& one : bypass) joined += (joined.empty() ? "" : ", ") + one;
    return {{"ipv6Rules", Json::array()},
            {"bypass", joined.empty() ? "AzureServices" : joined},
            {"virtualNetworkRules", Json::array()},
            {"ipRules", Json::array()},
            {"defaultAction", args.value("default_action").value_or("Allow")}};
}

Json create_properties(const app::Args& args) {
    Json properties = Json::object();
    for (const Kept& entry : kept)
        if (args.given(entry.key)) properties[Json::json_pointer(entry.pointer)] = value_of(args, entry);
    for (const std::string& service : args.list("encryption_services"))
        properties["encryption"]["services"][service]["enabled"] = true;
    if (properties.contains("sasPolicy")) properties["sasPolicy"]["expirationAction"] = "Log";
    if (args.flag("enable_large_file_share")) properties["largeFileSharesState"] = "Enabled";
    if (args.given("bypass") || args.given("default_action")) properties["networkAcls"] = network_rules(args);
    return properties;
}

void check_create(const app::Args& args) {
    if (args.text("kind") == "BlobStorage" && !args.given("access_tier"))
        throw Error(fault::client, "--access-tier is required for --kind BlobStorage: Hot, Cool or Cold.");
    if (args.text("dns_endpoint_type") == "AzureDnsZone")
        throw Error(
            fault::not_modelled,
            "azid has the standard host names of storage accounts only: leave --dns-endpoint-type out.");
}

void python_dates(Json& object, std::initializer_list<const char*> members) {
    if (!object.is_object()) return;
    for (const char* member : members) {
        const std::optional<Instant> instant = parse_utc(text_at(object, member));
        if (instant) object[member] = az_iso(*instant);
    }
}

void rename(Json& object, const char* wire, const char* printed) {
    const auto found = object.find(wire);
    if (found == object.end()) return;
    const Json value = *found;
    object.erase(wire);
    object[printed] = value;
}

// An account as az prints it: flattened, every field of its model, dates as Python writes them.
Json shaped(const Json& account) {
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

// By group and name, or by name in the whole subscription as az does without -g.
arm::ResourceId account_id(const app::Context& context) {
    const std::string group = context.args.text("resource_group_name");
    const std::string name = context.args.text("account_name");
    if (!group.empty())
        return {context.subscription, group, "Microsoft.Storage", {{"storageAccounts", name}}};
    const std::optional<arm::ResourceId> found =
        storage::find_account_id(context.session(), context.subscription, name);
    if (!found) throw Error(fault::usage, fmt::format("Storage account '{}' not found.", name));
    return *found;
}

}  // namespace

Json storage_account_create(app::Context& context) {
    const app::Args& args = context.args;
    check_create(args);
    const arm::ResourceId id(context.subscription, args.text("resource_group_name"), "Microsoft.Storage",
                             {{"storageAccounts", args.text("account_name")}});
    std::string location = args.text("location");
    if (location.empty())
        location = text_at(arm::get_group(context.session(), context.subscription, id.group()), "location");
    Json body{{"sku", {{"name", args.text("sku")}}},
              {"kind", args.text("kind")},
              {"location", location},
              {"properties", create_properties(args)}};
    const Json tags = app::tags_of(args);
    if (!tags.is_null()) body["tags"] = tags;
    return shaped(storage::put_account(context.session(), id, body));
}

Json storage_account_show(app::Context& context) {
    return shaped(storage::get_account(context.session(), account_id(context)));
}

Json storage_account_list(app::Context& context) {
    Json accounts = Json::array();
    for (const Json& account : storage::list_accounts(context.session(), context.subscription,
                                                      context.args.text("resource_group_name")))
        accounts.push_back(shaped(account));
    return accounts;
}

Json storage_account_delete(app::Context& context) {
    storage::delete_account(context.session(), account_id(context));
    return nullptr;
}

}  // namespace azid::commands
