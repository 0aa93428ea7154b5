#include "core/entra/api.hpp"

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace azid::entra {

namespace {

struct KnownApi {
    ApiKind kind;
    std::string_view identifier;  // without final slash
    std::string_view app_id;
    std::string_view name;
};

// Application ids and identifiers as Microsoft publishes them ("Azure services that support Microsoft Entra
// authentication"). An empty application id: not published there.
constexpr std::array known{
    KnownApi{ApiKind::resource_manager, "https://management.azure.com",
             "797f4846-ba00-4fd7-ba43-dac1f8f63013", "Windows Azure Service Management API"},
    KnownApi{ApiKind::resource_manager, "https://management.core.windows.net",
             "797f4846-ba00-4fd7-ba43-dac1f8f63013", "Windows Azure Service Management API"},
    KnownApi{ApiKind::key_vault, "https://vault.azure.net", "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
             "Azure Key Vault"},
    KnownApi{ApiKind::storage, "https://storage.azure.com", "e406a681-f3d4-42a8-90b6-c2b029497af1",
             "Azure Storage"},
    KnownApi{ApiKind::graph, "https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000",
             "Microsoft Graph"},
    KnownApi{ApiKind::other, "https://database.windows.net", "022907d3-0f1b-48f7-badc-1ba6abab6d66",
             "Azure SQL Database"},
    KnownApi{ApiKind::other, "https://ossrdbms-aad.database.windows.net",
             "123cd850-d9df-40bd-94d5-c9f07b7fa203", "Azure Database for PostgreSQL and MySQL"},
    KnownApi{ApiKind::other, "https://eventhubs.azure.net", "80369ed6-5f11-4dd9-bef3-692475845e77",
             "Microsoft.EventHubs"},
    KnownApi{ApiKind::other, "https://servicebus.azure.net", "80a10ef9-8168-493d-abf9-3297c4ef6e3c",
             "Microsoft.ServiceBus"},
    KnownApi{ApiKind::other, "https://cognitiveservices.azure.com", "7d312290-28c8-473c-a0ed-8e53749b6d6d",
             "Microsoft Cognitive Services"},
    KnownApi{ApiKind::other, "https://datalake.azure.net", "e9f49c6b-5ce5-44c8-925d-015017e9f7ad",
             "Azure Data Lake"},
    KnownApi{ApiKind::other, "https://cosmos.azure.com", "a232010e-820c-4083-83bb-3ace5fc29d0b",
             "Azure Cosmos DB"},
    KnownApi{ApiKind::other, "https://api.loganalytics.io", "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5",
             "Log Analytics API"},
    KnownApi{ApiKind::other, "https://managedhsm.azure.net", "589d5083-6f11-4d30-a62a-a4b316a14abf",
             "Azure Key Vault Managed HSM"},
};

constexpr std::array storage_hosts{".blob.core.windows.net", ".queue.core.windows.net",
                                   ".table.core.windows.net", ".file.core.windows.net",
                                   ".dfs.core.windows.net"};

bool is_storage_endpoint(std::string_view identifier) {
    if (!istarts_with(identifier, "https://")) return false;
    const std::string host = lower(identifier.substr(8));
    const size_t dot = host.find('.');
    if (dot == std::string::npos || dot == 0) return false;
    return std::any_of(storage_hosts.begin(), storage_hosts.end(),
                       [&](const char* tail) { return std::string_view(host).substr(dot) == tail; });
}

int token_version_of(const Application& application) {
    if (application.properties.empty()) return 1;
    const Json properties = Json::parse(application.properties);
    const Json* version = find(properties, "api.requestedAccessTokenVersion");
    return version != nullptr && *version == 2 ? 2 : 1;
}

bool is_openid_scope(std::string_view scope) {
    constexpr std::array names{"openid", "profile", "email", "offline_access"};
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return iequals(scope, name); });
}

}  // namespace

std::optional<Api> find_api(Store& store, std::string_view tenant, std::string_view resource) {
    std::string_view identifier = resource;
    if (identifier.ends_with('/')) identifier.remove_suffix(1);
    if (identifier.empty()) return {};
    for (const KnownApi& api : known)
        if (iequals(identifier, api.identifier) || iequals(identifier, api.app_id))
            return Api{api.kind, std::string(api.app_id), std::string(api.name), 1};
    if (is_storage_endpoint(identifier)) return find_api(store, tenant, "https://storage.azure.com");
    std::optional<Application> own = store.find_application(tenant, resource);
    if (!own) own = store.find_application(tenant, identifier);
    if (!own && istarts_with(identifier, "api://"))
        own = store.find_application(tenant, identifier.substr(6));
    if (!own || !store.find_service_principal_named(tenant, own->app_id)) return {};
    return Api{ApiKind::other, own->app_id, own->display_name, token_version_of(*own)};
}

std::vector<std::string> microsoft_identifiers(std::string_view app_id) {
    std::vector<std::string> found;
    for (const KnownApi& api : known)
        if (iequals(app_id, api.app_id)) found.emplace_back(api.identifier);
    return found;
}

std::string microsoft_name(std::string_view app_id) {
    for (const KnownApi& api : known)
        if (iequals(app_id, api.app_id)) return std::string(api.name);
    return {};
}

std::optional<std::string> resource_of_default_scope(std::string_view scope) {
    constexpr std::string_view ending = "/.default";
    scope = trim(scope);
    if (scope.size() <= ending.size() || !scope.ends_with(ending)) return {};
    if (scope.find(' ') != std::string_view::npos) return {};
    return std::string(scope.substr(0, scope.size() - ending.size()));
}

std::optional<std::string> resource_of_user_scope(std::string_view scope) {
    std::optional<std::string> resource;
    for (const std::string& one : split(scope, ' ')) {
        if (one.empty() || is_openid_scope(one)) continue;
        const size_t slash = one.rfind('/');
        if (slash == std::string::npos || slash == 0) return {};
        const std::string found = one.substr(0, slash);
        if (resource && *resource != found) return {};
        resource = found;
    }
    return resource;
}

}  // namespace azid::entra
