// The APIs that access tokens are for: Microsoft's own, known to every tenant, and the tenant's registered
// applications. What a client writes as "resource" or "scope" is resolved here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::entra {

class Store;

enum class ApiKind { resource_manager, key_vault, storage, graph, other };

struct Api {
    ApiKind kind = ApiKind::other;
    std::string app_id;
    std::string name;
    int token_version = 1;  // what its registration asks for: requestedAccessTokenVersion
};

// The API that a resource identifier names: an application id URI with or without the final slash, an
// application id, or the endpoint of a storage account. A registered application counts once it has a service
// principal in the tenant. Empty when the tenant knows no such resource (AADSTS500011).
std::optional<Api> find_api(Store& store, std::string_view tenant, std::string_view resource);

// The identifier URIs of one of Microsoft's APIs, and its name, by its application id. Empty for others.
std::vector<std::string> microsoft_identifiers(std::string_view app_id);
std::string microsoft_name(std::string_view app_id);

// The resource that a client credentials scope names: the scope without its ending "/.default", so that
// "https://management.azure.com//.default" keeps a slash. Empty when it is not exactly one such scope
// (AADSTS1002012).
std::optional<std::string> resource_of_default_scope(std::string_view scope);

// The resource that a user's scopes name, beside those of OpenID Connect: the part before the last '/'. Empty
// when there is none or several.
std::optional<std::string> resource_of_user_scope(std::string_view scope);

}  // namespace azid::entra
