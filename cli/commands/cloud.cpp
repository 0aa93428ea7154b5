#include "cli/commands/cloud.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace azid::commands {

namespace {

constexpr std::size_t clouds = 3;
constexpr std::array<std::string_view, clouds> names{"AzureCloud", "AzureChinaCloud", "AzureUSGovernment"};

// One endpoint or suffix in each of the clouds; empty where a cloud has none. As az 2.74 lists them.
struct Entry {
    std::string_view name;
    std::array<std::string_view, clouds> values;
};

constexpr std::string_view aliases =
    "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/main/arm-compute/quickstart-templates/"
    "aliases.json";

constexpr Entry endpoints[] = {
    {"activeDirectory",
     {"https://login.microsoftonline.com", "https://login.chinacloudapi.cn",
      "https://login.microsoftonline.us"}},
    {"activeDirectoryDataLakeResourceId", {"https://datalake.azure.net/", "", ""}},
    {"activeDirectoryGraphResourceId",
     {"https://graph.windows.net/", "https://graph.chinacloudapi.cn/", "https://graph.windows.net/"}},
    {"activeDirectoryResourceId",
     {"https://management.core.windows.net/", "https://management.core.chinacloudapi.cn/",
      "https://management.core.usgovcloudapi.net/"}},
    {"appInsightsResourceId",
     {"https://api.applicationinsights.io", "https://api.applicationinsights.azure.cn",
      "https://api.applicationinsights.us"}},
    {"appInsightsTelemetryChannelResourceId",
     {"https://dc.applicationinsights.azure.com/v2/track", "https://dc.applicationinsights.azure.cn/v2/track",
      "https://dc.applicationinsights.us/v2/track"}},
    {"attestationResourceId", {"https://attest.azure.net", "", ""}},
    {"azmirrorStorageAccountResourceId", {"", "", ""}},
    {"batchResourceId",
     {"https://batch.core.windows.net/", "https://batch.chinacloudapi.cn/",
      "https://batch.core.usgovcloudapi.net/"}},
    {"gallery",
     {"https://gallery.azure.com/", "https://gallery.chinacloudapi.cn/",
      "https://gallery.usgovcloudapi.net/"}},
    {"logAnalyticsResourceId",
     {"https://api.loganalytics.io", "https://api.loganalytics.azure.cn", "https://api.loganalytics.us"}},
    {"management",
     {"https://management.core.windows.net/", "https://management.core.chinacloudapi.cn/",
      "https://management.core.usgovcloudapi.net/"}},
    {"mediaResourceId",
     {"https://rest.media.azure.net", "https://rest.media.chinacloudapi.cn",
      "https://rest.media.usgovcloudapi.net"}},
    {"microsoftGraphResourceId",
     {"https://graph.microsoft.com/", "https://microsoftgraph.chinacloudapi.cn",
      "https://graph.microsoft.us/"}},
    {"ossrdbmsResourceId",
     {"https://ossrdbms-aad.database.windows.net", "https://ossrdbms-aad.database.chinacloudapi.cn",
      "https://ossrdbms-aad.database.usgovcloudapi.net"}},
    {"portal", {"https://portal.azure.com", "https://portal.azure.cn", "https://portal.azure.us"}},
    {"resourceManager",
     {"https://management.azure.com/", "https://management.chinacloudapi.cn",
      "https://management.usgovcloudapi.net/"}},
    {"sqlManagement",
     {"https://management.core.windows.net:8443/", "https://management.core.chinacloudapi.cn:8443/",
      "https://management.core.usgovcloudapi.net:8443/"}},
    {"synapseAnalyticsResourceId",
     {"https://dev.azuresynapse.net", "https://dev.azuresynapse.azure.cn",
      "https://dev.azuresynapse.usgovcloudapi.net"}},
    {"vmImageAliasDoc", {aliases, aliases, aliases}},
};

constexpr Entry suffixes[] = {
    {"acrLoginServerEndpoint", {".azurecr.io", ".azurecr.cn", ".azurecr.us"}},
    {"attestationEndpoint", {".attest.azure.net", "", ""}},
    {"azureDatalakeAnalyticsCatalogAndJobEndpoint", {"azuredatalakeanalytics.net", "", ""}},
    {"azureDatalakeStoreFileSystemEndpoint", {"azuredatalakestore.net", "", ""}},
    {"keyvaultDns", {".vault.azure.net", ".vault.azure.cn", ".vault.usgovcloudapi.net"}},
    {"mariadbServerEndpoint",
     {".mariadb.database.azure.com", ".mariadb.database.chinacloudapi.cn",
      ".mariadb.database.usgovcloudapi.net"}},
    {"mhsmDns", {".managedhsm.azure.net", ".managedhsm.azure.cn", ".managedhsm.usgovcloudapi.net"}},
    {"mysqlServerEndpoint",
     {".mysql.database.azure.com", ".mysql.database.chinacloudapi.cn", ".mysql.database.usgovcloudapi.net"}},
    {"postgresqlServerEndpoint",
     {".postgres.database.azure.com", ".postgres.database.chinacloudapi.cn",
      ".postgres.database.usgovcloudapi.net"}},
    {"sqlServerHostname",
     {".database.windows.net", ".database.chinacloudapi.cn", ".database.usgovcloudapi.net"}},
    {"storageEndpoint", {"core.windows.net", "core.chinacloudapi.cn", "core.usgovcloudapi.net"}},
    {"storageSyncEndpoint", {"afs.azure.net", "", "afs.azure.us"}},
    {"synapseAnalyticsEndpoint",
     {".dev.azuresynapse.net", ".dev.azuresynapse.azure.cn", ".dev.azuresynapse.usgovcloudapi.net"}},
};

Json column(std::span<const Entry> entries, std::size_t cloud) {
    Json object = Json::object();
    for (const Entry& entry : entries) {
        const std::string_view value = entry.values.at(cloud);
        object[std::string(entry.name)] = value.empty() ? Json(nullptr) : Json(value);
    }
    return object;
}

Json shown(std::size_t cloud) {
    return {{"endpoints", column(endpoints, cloud)},
            {"isActive", cloud == 0},
            {"name", names.at(cloud)},
            {"profile", "latest"},
            {"suffixes", column(suffixes, cloud)}};
}

[[noreturn]] void not_registered(const std::string& name) {
    throw Error(fault::client, fmt::format("The cloud '{}' is not registered.", name));
}

}  // namespace

Json cloud_list(app::Context&) {
    Json list = Json::array();
    for (std::size_t cloud = 0; cloud < clouds; ++cloud) list.push_back(shown(cloud));
    return list;
}

Json cloud_show(app::Context& context) {
    const std::string name = context.args.text("cloud_name");
    for (std::size_t cloud = 0; cloud < clouds; ++cloud)
        if (names.at(cloud) == name) return shown(cloud);
    not_registered(name);
}

Json cloud_set(app::Context& context) {
    const std::string name = context.args.text("cloud_name");
    for (std::size_t cloud = 0; cloud < clouds; ++cloud) {
        if (!iequals(names.at(cloud), name)) continue;
        if (cloud == 0) return nullptr;
        throw Error(fault::not_modelled,
                    fmt::format("azid imitates AzureCloud only; it cannot work in {}.", names.at(cloud)));
    }
    not_registered(name);
}

Json cloud_list_profiles(app::Context&) { return Json::array({"latest"}); }

}  // namespace azid::commands
