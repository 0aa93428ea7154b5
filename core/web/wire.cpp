#include "core/web/wire.hpp"

#include "core/arm/locations.hpp"
#include "core/arm/resources.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace azid::web {

namespace {

// The scale unit that an app stands on; azid has one per region.
std::string stamp(const arm::Resource& resource) { return "waws-prod-" + resource.location + "-001"; }

// The address of the scale unit: of 198.18.0.0/15, the range kept for tests.
std::string address(const arm::Resource& resource, unsigned number) {
    unsigned sum = number;
    for (const char c : resource.location) sum = sum * 31 + static_cast<unsigned char>(c);
    return fmt::format("198.19.{}.{}", sum / 250 % 250, sum % 250 + 1);
}

std::string addresses(const arm::Resource& resource) {
    std::vector<std::string> list;
    for (const unsigned number : {1U, 2U, 3U}) list.push_back(address(resource, number));
    return join(list, ",");
}

Json ssl_state(const std::string& host, const char* type) {
    return {{"name", host},
            {"sslState", "Disabled"},
            {"ipBasedSslResult", nullptr},
            {"virtualIP", nullptr},
            {"virtualIPv6", nullptr},
            {"thumbprint", nullptr},
            {"certificateResourceId", nullptr},
            {"toUpdate", nullptr},
            {"toUpdateIpBasedSsl", nullptr},
            {"ipBasedSslState", "NotConfigured"},
            {"hostType", type}};
}

Json allow_all() {
    Json rule{{"ipAddress", "Any"},
              {"action", "Allow"},
              {"priority", 2147483647},
              {"name", "Allow all"},
              {"description", "Allow all access"}};
    return Json::array({std::move(rule)});
}

Json value_or(const Json& kept, const char* name, const Json& otherwise) {
    const auto found = kept.find(name);
    return found == kept.end() ? otherwise : *found;
}

// The few that an app itself shows of its configuration.
Json short_config(const Json& config) {
    Json shown;
    shown["numberOfWorkers"] = value_or(config, "numberOfWorkers", 1);
    shown["linuxFxVersion"] = value_or(config, "linuxFxVersion", "");
    shown["windowsFxVersion"] = value_or(config, "windowsFxVersion", nullptr);
    shown["acrUseManagedIdentityCreds"] = value_or(config, "acrUseManagedIdentityCreds", false);
    shown["acrUserManagedIdentityID"] = value_or(config, "acrUserManagedIdentityID", nullptr);
    shown["alwaysOn"] = value_or(config, "alwaysOn", false);
    shown["http20Enabled"] = value_or(config, "http20Enabled", false);
    shown["functionAppScaleLimit"] = value_or(config, "functionAppScaleLimit", 0);
    shown["minimumElasticInstanceCount"] = value_or(config, "minimumElasticInstanceCount", 0);
    return shown;
}

void add_hosts(const std::string& name, Json& properties) {
    const std::string host = name + ".azurewebsites.net";
    const std::string scm = name + ".scm.azurewebsites.net";
    properties["hostNames"] = {host};
    properties["enabledHostNames"] = Json::array({host, scm});
    properties["hostNameSslStates"] =
        Json::array({ssl_state(host, "Standard"), ssl_state(scm, "Repository")});
    properties["defaultHostName"] = host;
}

Json site_properties(const arm::Resource& site) {
    const Json kept = Json::parse(site.properties);
    Json all;
    all["name"] = site.id.name();
    all["state"] = "Running";
    add_hosts(lower(site.id.name()), all);
    all["webSpace"] =
        fmt::format("{}-{}webspace", site.id.group(), replace_all(shown_location(site), " ", ""));
    all["repositorySiteName"] = site.id.name();
    all["usageState"] = "Normal";
    all["availabilityState"] = "Normal";
    all["lastModifiedTimeUtc"] = utc_ticks(site.changed).substr(0, 27);
    for (const auto& [name, value] : kept.items())
        if (name != "siteConfig") all[name] = value;
    const std::array<std::pair<const char*, Json>, 20> defaults{
        {{"enabled", true},
         {"isXenon", false},
         {"hyperV", false},
         {"httpsOnly", false},
         {"clientAffinityEnabled", true},
         {"clientCertEnabled", false},
         {"clientCertMode", "Required"},
         {"clientCertExclusionPaths", nullptr},
         {"endToEndEncryptionEnabled", false},
         {"containerSize", 0},
         {"dailyMemoryTimeQuota", 0},
         {"hostNamesDisabled", false},
         {"keyVaultReferenceIdentity", "SystemAssigned"},
         {"publicNetworkAccess", nullptr},
         {"redundancyMode", "None"},
         {"scmSiteAlsoStopped", false},
         {"storageAccountRequired", false},
         {"virtualNetworkSubnetId", nullptr},
         {"vnetRouteAllEnabled", false},
         {"ipMode", "IPv4"}}};
    for (const auto& [name, value] : defaults)
        if (!all.contains(name)) all[name] = value;
    for (const char* name : {"vnetContentShareEnabled", "vnetImagePullEnabled", "vnetBackupRestoreEnabled"})
        if (!all.contains(name)) all[name] = false;
    all["siteConfig"] = short_config(kept.value("siteConfig", Json::object()));
    all["kind"] = site.kind;
    all["inboundIpAddress"] = address(site, 0);
    all["possibleInboundIpAddresses"] = address(site, 0);
    all["ftpUsername"] = fmt::format("{0}\\${0}", site.id.name());
    all["ftpsHostName"] = ftp_url(site);
    all["outboundIpAddresses"] = addresses(site);
    all["possibleOutboundIpAddresses"] = addresses(site);
    all["homeStamp"] = stamp(site);
    all["resourceGroup"] = site.id.group();
    return all;
}

}  // namespace

std::string shown_location(const arm::Resource& resource) {
    const arm::Location* region = arm::find_location(resource.location);
    return region == nullptr ? resource.location : std::string(region->display_name);
}

std::string ftp_url(const arm::Resource& site) {
    return fmt::format("ftps://{}.ftp.azurewebsites.windows.net/site/wwwroot", stamp(site));
}

Json site_wire(Session& session, const arm::Resource& site) {
    Json body = arm::wire(site);
    body["location"] = shown_location(site);
    body.erase("sku");
    body["properties"] = site_properties(site);
    const Json identity = arm::identity_wire(site.identity, arm::tenant_of(session, site.id.subscription()));
    if (!identity.is_null()) body["identity"] = identity;
    return body;
}

Json plan_wire(const arm::Resource& plan, std::size_t apps) {
    Json body = arm::wire(plan);
    const Json sku = body["sku"];
    const Json kept = body["properties"];
    const int workers = sku.value("capacity", 1);
    body["location"] = shown_location(plan);
    Json properties{{"name", plan.id.name()},
                    {"workerSize", "Default"},
                    {"workerTierName", nullptr},
                    {"numberOfWorkers", workers},
                    {"currentNumberOfWorkers", workers},
                    {"status", "Ready"},
                    {"webSpace", fmt::format("{}-{}webspace", plan.id.group(),
                                             replace_all(shown_location(plan), " ", ""))},
                    {"subscription", plan.id.subscription()},
                    {"hostingEnvironmentProfile", nullptr},
                    {"maximumNumberOfWorkers", text_at(sku, "tier") == "Basic" ? 3 : 10},
                    {"planName", "VirtualDedicatedPlan"},
                    {"computeMode", text_at(sku, "tier") == "Dynamic" ? "Dynamic" : "Dedicated"},
                    {"geoRegion", shown_location(plan)},
                    {"maximumElasticWorkerCount", 1},
                    {"numberOfSites", apps},
                    {"isSpot", false},
                    {"spotExpirationTime", nullptr},
                    {"freeOfferExpirationTime", nullptr},
                    {"kind", plan.kind},
                    {"resourceGroup", plan.id.group()},
                    {"targetWorkerCount", 0},
                    {"targetWorkerSizeId", 0},
                    {"provisioningState", "Succeeded"},
                    {"kubeEnvironmentProfile", nullptr}};
    for (const auto& [name, value] : kept.items()) properties[name] = value;
    body["properties"] = std::move(properties);
    body["sku"] = sku;
    return body;
}

Json config_wire(const arm::Resource& site) {
    const Json kept = Json::parse(site.properties).value("siteConfig", Json::object());
    Json config{{"numberOfWorkers", 1},
                {"defaultDocuments",
                 Json::array({"Default.htm", "Default.html", "Default.asp", "index.htm", "index.html",
                              "iisstart.htm", "default.aspx", "index.php", "hostingstart.html"})},
                {"netFrameworkVersion", "v4.0"},
                {"phpVersion", ""},
                {"pythonVersion", ""},
                {"nodeVersion", ""},
                {"powerShellVersion", ""},
                {"linuxFxVersion", ""},
                {"requestTracingEnabled", false},
                {"remoteDebuggingEnabled", false},
                {"httpLoggingEnabled", false},
                {"acrUseManagedIdentityCreds", false},
                {"logsDirectorySizeLimit", 35},
                {"detailedErrorLoggingEnabled", false},
                {"publishingUsername", "$" + site.id.name()},
                {"scmType", "None"},
                {"use32BitWorkerProcess", true},
                {"webSocketsEnabled", false},
                {"alwaysOn", false},
                {"appCommandLine", ""},
                {"managedPipelineMode", "Integrated"},
                {"loadBalancing", "LeastRequests"},
                {"autoHealEnabled", false},
                {"vnetName", ""},
                {"vnetRouteAllEnabled", false},
                {"vnetPrivatePortsCount", 0},
                {"localMySqlEnabled", false},
                {"ipSecurityRestrictions", allow_all()},
                {"scmIpSecurityRestrictions", allow_all()},
                {"scmIpSecurityRestrictionsUseMain", false},
                {"http20Enabled", false},
                {"minTlsVersion", "1.2"},
                {"scmMinTlsVersion", "1.2"},
                {"ftpsState", "FtpsOnly"},
                {"preWarmedInstanceCount", 0},
                {"functionAppScaleLimit", 0},
                {"functionsRuntimeScaleMonitoringEnabled", false},
                {"minimumElasticInstanceCount", 0},
                {"azureStorageAccounts", Json::object()}};
    Json application{{"virtualPath", "/"},
                     {"physicalPath", "site\\wwwroot"},
                     {"preloadEnabled", false},
                     {"virtualDirectories", nullptr}};
    config["virtualApplications"] = Json::array({std::move(application)});
    config["experiments"]["rampUpRules"] = Json::array();
    for (const auto& [name, value] : kept.items())
        if (name != "appSettings" && !value.is_null()) config[name] = value;
    return {{"id", site.id.text()},
            {"name", site.id.name()},
            {"type", "Microsoft.Web/sites"},
            {"location", shown_location(site)},
            {"properties", std::move(config)}};
}

}  // namespace azid::web
