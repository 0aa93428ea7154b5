#include "core/entra/discovery.hpp"

#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace azid::entra {

namespace {

constexpr std::array login_hosts{"login.microsoftonline.com", "login.windows.net", "login.microsoft.com",
                                 "sts.windows.net"};

std::string issuer_of(std::string_view tenant, bool v2) {
    const std::string id = is_guid(tenant) ? std::string(tenant) : "{tenantid}";
    return v2 ? fmt::format("https://login.microsoftonline.com/{}/v2.0", id)
              : fmt::format("https://sts.windows.net/{}/", id);
}

void add_claims_and_names(Json& document) {
    document["claims_supported"] = {"sub",
                                    "iss",
                                    "cloud_instance_name",
                                    "cloud_instance_host_name",
                                    "cloud_graph_host_name",
                                    "msgraph_host",
                                    "aud",
                                    "exp",
                                    "iat",
                                    "auth_time",
                                    "acr",
                                    "nonce",
                                    "preferred_username",
                                    "name",
                                    "tid",
                                    "ver",
                                    "at_hash",
                                    "c_hash",
                                    "email"};
    document["tenant_region_scope"] = "EU";
    document["cloud_instance_name"] = "microsoftonline.com";
    document["cloud_graph_host_name"] = "graph.windows.net";
    document["msgraph_host"] = "graph.microsoft.com";
    document["rbac_url"] = "https://pas.windows.net";
}

}  // namespace

Json openid_configuration(std::string_view tenant, bool v2) {
    const std::string base = fmt::format("https://login.microsoftonline.com/{}", tenant);
    const std::string oauth = base + (v2 ? "/oauth2/v2.0" : "/oauth2");
    Json document;
    document["token_endpoint"] = oauth + "/token";
    document["token_endpoint_auth_methods_supported"] = {"client_secret_post", "private_key_jwt",
                                                         "client_secret_basic"};
    document["jwks_uri"] =
        v2 ? base + "/discovery/v2.0/keys" : "https://login.microsoftonline.com/common/discovery/keys";
    document["response_modes_supported"] = {"query", "fragment", "form_post"};
    document["subject_types_supported"] = {"pairwise"};
    document["id_token_signing_alg_values_supported"] = {"RS256"};
    document["response_types_supported"] = {"code", "id_token", "code id_token", "id_token token"};
    if (v2) {
        document["scopes_supported"] = {"openid", "profile", "email", "offline_access"};
    } else {
        document["scopes_supported"] = {"openid"};
        document["microsoft_multi_refresh_token"] = true;
        document["check_session_iframe"] = oauth + "/checksession";
    }
    document["issuer"] = issuer_of(tenant, v2);
    document["request_uri_parameter_supported"] = false;
    document["userinfo_endpoint"] =
        v2 ? "https://graph.microsoft.com/oidc/userinfo" : base + "/openid/userinfo";
    document["authorization_endpoint"] = oauth + "/authorize";
    document["device_authorization_endpoint"] = oauth + "/devicecode";
    document["http_logout_supported"] = true;
    document["frontchannel_logout_supported"] = true;
    document["end_session_endpoint"] = oauth + "/logout";
    document["kerberos_endpoint"] = base + "/kerberos";
    add_claims_and_names(document);
    return document;
}

Json instance_discovery(std::string_view tenant) {
    const auto network = [](const char* preferred, const char* cache, Json aliases) {
        return Json{
            {"preferred_network", preferred}, {"preferred_cache", cache}, {"aliases", std::move(aliases)}};
    };
    const std::string document =
        fmt::format("https://login.microsoftonline.com/{}/v2.0/.well-known/openid-configuration", tenant);
    return Json{
        {"tenant_discovery_endpoint", document},
        {"api-version", "1.1"},
        {"metadata",
         Json::array({
             network("login.microsoftonline.com", "login.windows.net",
                     {"login.microsoftonline.com", "login.windows.net", "login.microsoft.com",
                      "sts.windows.net"}),
             network("login.partner.microsoftonline.cn", "login.partner.microsoftonline.cn",
                     {"login.partner.microsoftonline.cn", "login.chinacloudapi.cn"}),
             network("login.microsoftonline.de", "login.microsoftonline.de", {"login.microsoftonline.de"}),
             network("login.microsoftonline.us", "login.microsoftonline.us",
                     {"login.microsoftonline.us", "login.usgovcloudapi.net"}),
             network("login-us.microsoftonline.com", "login-us.microsoftonline.com",
                     {"login-us.microsoftonline.com"}),
         })}};
}

bool is_login_host(std::string_view host) {
    return std::any_of(login_hosts.begin(), login_hosts.end(),
                       [&](const char* one) { return iequals(host, one); });
}

}  // namespace azid::entra
