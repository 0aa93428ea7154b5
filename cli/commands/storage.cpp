#include "cli/commands/storage.hpp"

#include "cli/app/environment.hpp"
#include "cli/commands/generic_update.hpp"
#include "cli/commands/storage_shape.hpp"
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

// What create and update alike take from their options.
Json properties_given(const app::Args& args) {
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

// The wire's name of a property as az's model has it.
std::string printed_name(std::string_view wire) {
    if (wire == "supportsHttpsTrafficOnly") return "enableHttpsTrafficOnly";
    if (wire == "networkAcls") return "networkRuleSet";
    if (wire == "isNfsV3Enabled") return "enableNfsV3";
    return std::string(wire);
}

// What of the account's properties an update may change.
constexpr const char* changeable[] = {"accessTier",
                                      "allowBlobPublicAccess",
                                      "allowCrossTenantReplication",
                                      "allowSharedKeyAccess",
                                      "customDomain",
                                      "defaultToOAuthAuthentication",
                                      "isLocalUserEnabled",
                                      "isSftpEnabled",
                                      "keyPolicy",
                                      "largeFileSharesState",
                                      "minimumTlsVersion",
                                      "networkAcls",
                                      "publicNetworkAccess",
                                      "routingPreference",
                                      "sasPolicy",
                                      "supportsHttpsTrafficOnly"};

// az asks before a change of tier that may cost something (update_storage_account).
void confirm_tier(const app::Context& context, const std::string& kind) {
    const app::Args& args = context.args;
    if (args.flag("yes")) return;
    constexpr std::string_view more = "See (http://go.microsoft.com/fwlink/?LinkId=786482) to learn more.";
    std::string question;
    if (args.given("access_tier"))
        question = fmt::format("Changing the access tier may result in additional charges. \n{}", more);
    if (args.flag("upgrade_to_storagev2") && kind != "StorageV2")
        question = fmt::format(
            "Upgrading a {} account to a general-purpose v2 account may result in charges. \n{}", kind, more);
    if (question.empty()) return;
    if (!context.environment.stdin_is_terminal)
        throw Error(fault::client, "Unable to prompt for confirmation as no tty available. Use --yes.");
    app::confirm(context.environment, context.messages, question);
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
              {"properties", properties_given(args)}};
    const Json tags = app::tags_of(args);
    if (!tags.is_null()) body["tags"] = tags;
    return shaped_account(storage::put_account(context.session(), id, body));
}

// az gets the account, lays the options over it, applies --set and the like, and sends what can be changed.
Json storage_account_update(app::Context& context) {
    const app::Args& args = context.args;
    const arm::ResourceId id = storage_account_id(context);
    const Json before = storage::get_account(context.session(), id);
    confirm_tier(context, text_at(before, "kind"));
    Json parameters = shaped_account(before);
    const Json given = properties_given(args);
    for (const auto& [name, value] : given.items()) parameters[printed_name(name)] = value;
    if (args.given("sku")) parameters["sku"] = {{"name", args.text("sku")}};
    if (args.given("tags")) parameters["tags"] = app::tags_of(args);
    if (args.given("use_subdomain"))
        parameters["customDomain"]["useSubDomainName"] = args.flag("use_subdomain");
    apply_generic_update(context, parameters);
    Json body{{"sku", {{"name", parameters["sku"]["name"]}}}, {"tags", parameters["tags"]}};
    if (args.flag("upgrade_to_storagev2")) body["kind"] = "StorageV2";
    body["properties"] = given;
    for (const char* name : changeable)
        if (!parameters[printed_name(name)].is_null())
            body["properties"][name] = parameters[printed_name(name)];
    return shaped_account(storage::patch_account(context.session(), id, body));
}

Json storage_account_show(app::Context& context) {
    return shaped_account(storage::get_account(context.session(), storage_account_id(context)));
}

Json storage_account_list(app::Context& context) {
    Json accounts = Json::array();
    for (const Json& account : storage::list_accounts(context.session(), context.subscription,
                                                      context.args.text("resource_group_name")))
        accounts.push_back(shaped_account(account));
    return accounts;
}

Json storage_account_delete(app::Context& context) {
    storage::delete_account(context.session(), storage_account_id(context));
    return nullptr;
}

}  // namespace azid::commands
