#include "core/storage/wire.hpp"

#include "core/arm/locations.hpp"
#include "core/arm/resources.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::storage {

namespace {

// The number of the region's web hosts, part of the static website's name. azid serves no websites; a
// region that is not here is shown as z1.
struct WebZone {
    std::string_view location;
    int number;
};
constexpr WebZone web_zones[] = {
    {"eastus", 13},    {"eastus2", 20},        {"westus", 22},         {"westus2", 5},
    {"centralus", 19}, {"northcentralus", 14}, {"southcentralus", 21}, {"westcentralus", 4},
    {"westeurope", 6}, {"northeurope", 16},    {"southeastasia", 23},  {"eastasia", 7},
};

int web_zone(std::string_view location) {
    const auto* found = std::find_if(std::begin(web_zones), std::end(web_zones),
                                     [&](const WebZone& zone) { return zone.location == location; });
    return found == std::end(web_zones) ? 1 : found->number;
}

Json endpoints(std::string_view host, std::string_view location, bool with_files) {
    Json all;
    for (const char* service : {"dfs", "web", "blob", "queue", "table", "file"}) {
        if (service == std::string_view("file") && !with_files) continue;
        all[service] = service == std::string_view("web")
                           ? fmt::format("https://{}.z{}.web.core.windows.net/", host, web_zone(location))
                           : fmt::format("https://{}.{}.core.windows.net/", host, service);
    }
    return all;
}

void add_encryption(const Json& kept, const std::string& since, Json& properties) {
    Json encryption = kept.value("encryption", Json::object());
    if (encryption.is_null()) encryption = Json::object();
    Json services = encryption.value("services", Json::object());
    for (const char* service : {"file", "blob"})
        if (!services.contains(service)) services[service] = Json::object();
    for (auto& [name, service] : services.items()) {
        if (!service.contains("keyType")) service["keyType"] = "Account";
        service["enabled"] = true;
        if (!service.contains("lastEnabledTime")) service["lastEnabledTime"] = since;
    }
    encryption["services"] = services;
    encryption["keySource"] = "Microsoft.Storage";
    properties["encryption"] = encryption;
}

void add_regions(const arm::Resource& account, const std::string& sku, Json& properties) {
    const std::string name = lower(account.id.name());
    properties["primaryEndpoints"] = endpoints(name, account.location, true);
    properties["primaryLocation"] = account.location;
    properties["statusOfPrimary"] = "available";
    const arm::Location* location = arm::find_location(account.location);
    if (!is_geo_redundant(sku) || location == nullptr || location->paired.empty()) return;
    properties["secondaryLocation"] = location->paired;
    properties["statusOfSecondary"] = "available";
    if (is_read_access(sku))
        properties["secondaryEndpoints"] = endpoints(name + "-secondary", account.location, false);
}

}  // namespace

bool is_geo_redundant(std::string_view sku) {
    return sku.find("GRS") != std::string_view::npos || sku.find("GZRS") != std::string_view::npos;
}

bool is_read_access(std::string_view sku) { return sku.find("_RA") != std::string_view::npos; }

Json account_properties(const arm::Resource& account, const Json& kept) {
    const std::string since = utc_ticks(account.created);
    Json properties;
    properties["keyCreationTime"] = {{"key1", since}, {"key2", since}};
    for (const auto& [name, value] : kept.items())
        if (!value.is_null() && name != "encryption") properties[name] = value;
    properties["privateEndpointConnections"] = Json::array();
    if (!properties.contains("minimumTlsVersion")) properties["minimumTlsVersion"] = "TLS1_0";
    if (!properties.contains("allowBlobPublicAccess")) properties["allowBlobPublicAccess"] = false;
    if (!properties.contains("networkAcls"))
        properties["networkAcls"] = {{"ipv6Rules", Json::array()},
                                     {"bypass", "AzureServices"},
                                     {"virtualNetworkRules", Json::array()},
                                     {"ipRules", Json::array()},
                                     {"defaultAction", "Allow"}};
    if (!properties["networkAcls"].contains("ipv6Rules"))
        properties["networkAcls"]["ipv6Rules"] = Json::array();
    if (!properties.contains("supportsHttpsTrafficOnly")) properties["supportsHttpsTrafficOnly"] = true;
    add_encryption(kept, since, properties);
    const bool tiered = account.kind == "StorageV2" || account.kind == "BlobStorage";
    if (tiered && !properties.contains("accessTier")) properties["accessTier"] = "Hot";
    properties["provisioningState"] = "Succeeded";
    properties["creationTime"] = since;
    add_regions(account, text_at(Json::parse(account.sku), "name"), properties);
    return properties;
}

Json account_wire(const arm::Resource& account) {
    const Json body = arm::wire(account);
    Json ordered;
    for (const char* name : {"sku", "kind", "id", "name", "type", "location"})
        if (body.contains(name)) ordered[name] = body[name];
    ordered["tags"] = body.contains("tags") ? body["tags"] : Json::object();
    ordered["properties"] = body["properties"];
    return ordered;
}

}  // namespace azid::storage
