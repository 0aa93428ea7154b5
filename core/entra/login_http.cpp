#include "core/entra/login_http.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/session.hpp"
#include "core/entra/aadsts.hpp"
#include "core/entra/discovery.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/signing_key.hpp"
#include "core/entra/token_service.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <set>

namespace azid::entra {

namespace {

using Answer = http::Response (*)(Session&, const http::Request&, const std::string& tenant);

http::Response json_answer(int status, const Json& body) {
    return {status,
            {{"Content-Type", "application/json; charset=utf-8"},
             {"Cache-Control", "no-store, no-cache"},
             {"Pragma", "no-cache"},
             {"Expires", "-1"}},
            compact(body)};
}

http::Response document_answer(const Json& body) {
    return {200,
            {{"Content-Type", "application/json; charset=utf-8"},
             {"Access-Control-Allow-Origin", "*"},
             {"Cache-Control", "max-age=86400, private"}},
            compact(body)};
}

std::string correlation_of(Session& session, const http::Request& request) {
    const std::string asked = http::header(request, "client-request-id");
    return is_guid(asked) ? lower(asked) : new_guid(session.random);
}

// client_secret_basic: "Basic base64(id:secret)", both form-encoded.
void read_basic_credentials(const http::Request& request, TokenRequest& token) {
    const std::string value = http::header(request, "Authorization");
    if (!istarts_with(value, "Basic ")) return;
    const std::optional<std::string> pair = from_base64(trim(std::string_view(value).substr(6)));
    const size_t colon = pair ? pair->find(':') : std::string::npos;
    if (colon == std::string::npos) return;
    if (token.client_id.empty())
        token.client_id = http::url_decoded(std::string_view(*pair).substr(0, colon), true);
    if (token.client_secret.empty())
        token.client_secret = http::url_decoded(std::string_view(*pair).substr(colon + 1), true);
}

TokenRequest token_request_of(const http::Request& request, const std::string& tenant, bool v2) {
    TokenRequest token;
    token.host = request.host;
    token.tenant = tenant;
    token.v2 = v2;
    const std::array<std::pair<std::string_view, std::string*>, 11> fields{{
        {"grant_type", &token.grant_type},
        {"client_id", &token.client_id},
        {"client_secret", &token.client_secret},
        {"client_assertion_type", &token.client_assertion_type},
        {"client_assertion", &token.client_assertion},
        {"resource", &token.resource},
        {"scope", &token.scope},
        {"username", &token.username},
        {"password", &token.password},
        {"refresh_token", &token.refresh_token},
        {"client_info", &token.client_info},
    }};
    std::set<std::string> seen;
    for (const auto& [name, value] : http::parse_form(request.body)) {
        if (!seen.insert(name).second) throw refusal(aadsts::repeated_parameter, {name});
        for (const auto& [field, target] : fields)
            if (name == field) *target = value;
    }
    read_basic_credentials(request, token);
    return token;
}

void add_user_tokens(Json& body, const IssuedToken& token) {
    for (const auto& [name, value] :
         {std::pair("refresh_token", &token.refresh_token), std::pair("id_token", &token.id_token),
          std::pair("client_info", &token.client_info)})
        if (!value->empty()) body[name] = *value;
}

// The older endpoint writes everything as text; the newer one has numbers and fewer members.
Json token_body(const IssuedToken& token, bool v2) {
    const std::int64_t shown = token.lifetime.count() - 1;
    if (v2) {
        Json body{{"token_type", "Bearer"}};
        if (!token.scope.empty()) body["scope"] = token.scope;
        body["expires_in"] = shown;
        body["ext_expires_in"] = shown;
        body["access_token"] = token.access_token;
        add_user_tokens(body, token);
        return body;
    }
    Json body{{"token_type", "Bearer"}};
    if (!token.scope.empty()) body["scope"] = "user_impersonation";
    body["expires_in"] = std::to_string(shown);
    body["ext_expires_in"] = std::to_string(shown);
    body["expires_on"] = std::to_string(unix_seconds(token.expires));
    body["not_before"] = std::to_string(unix_seconds(token.not_before));
    body["resource"] = token.resource;
    body["access_token"] = token.access_token;
    add_user_tokens(body, token);
    return body;
}

http::Response answer_token(Session& session, const http::Request& request, const std::string& tenant,
                            bool v2) {
    if (request.method != "POST") throw refusal(aadsts::post_only, {request.method});
    return json_answer(200, token_body(issue_token(session, token_request_of(request, tenant, v2)), v2));
}

bool is_any(const std::string& tenant) {
    return iequals(tenant, "common") || iequals(tenant, "organizations");
}

http::Response answer_keys(Session& session, const std::string& tenant, bool v2) {
    if (!is_any(tenant)) {
        const std::string id = tenant_of_path(session, tenant).id;
        ensure_signing_key(session, id);
        return document_answer(json_web_key_set(session.entra, id, v2));
    }
    Json keys = Json::array();
    for (const Tenant& one : session.entra.tenants()) {
        ensure_signing_key(session, one.id);
        const Json set = json_web_key_set(session.entra, one.id, v2);
        for (const Json& key : set["keys"]) keys.push_back(key);
    }
    return document_answer(Json{{"keys", keys}});
}

http::Response answer_configuration(Session& session, const std::string& tenant, bool v2) {
    const std::string shown = is_any(tenant) ? lower(tenant) : tenant_of_path(session, tenant).id;
    return document_answer(openid_configuration(shown, v2));
}

// An authority that is none of Microsoft's is refused: that is what the document is asked for.
http::Response answer_instance(const http::Request& request) {
    const std::string authority = http::query_value(request, "authorization_endpoint").value_or("");
    const bool url = istarts_with(authority, "https://");
    const http::Request asked = url ? http::request_to(authority) : http::Request{};
    if (!url || !is_login_host(asked.host)) throw refusal(aadsts::unknown_authority, {authority});
    const std::vector<std::string> words = split(asked.path, '/');
    return document_answer(instance_discovery(words.size() > 1 ? words[1] : "common"));
}

// What kind of account a user name stands for: MSAL asks before it sends a password.
http::Response answer_user_realm(Session& session, const std::string& user_name) {
    const std::string domain = user_name.substr(user_name.rfind('@') + 1);
    const bool is_known = user_name.find('@') != std::string::npos && session.entra.find_tenant(domain);
    Json realm{{"ver", "1.0"}, {"account_type", is_known ? "Managed" : "Unknown"}};
    if (is_known) realm["domain_name"] = domain;
    realm["cloud_instance_name"] = "microsoftonline.com";
    if (is_known) realm["cloud_audience_urn"] = "urn:federation:MicrosoftOnline";
    return json_answer(200, realm);
}

constexpr std::array<std::pair<std::string_view, Answer>, 7> routes{{
    {"/oauth2/v2.0/token",
     [](Session& s, const http::Request& r, const std::string& t) { return answer_token(s, r, t, true); }},
    {"/oauth2/token",
     [](Session& s, const http::Request& r, const std::string& t) { return answer_token(s, r, t, false); }},
    {"/discovery/v2.0/keys",
     [](Session& s, const http::Request&, const std::string& t) { return answer_keys(s, t, true); }},
    {"/discovery/keys",
     [](Session& s, const http::Request&, const std::string& t) { return answer_keys(s, t, false); }},
    {"/v2.0/.well-known/openid-configuration",
     [](Session& s, const http::Request&, const std::string& t) { return answer_configuration(s, t, true); }},
    {"/.well-known/openid-configuration",
     [](Session& s, const http::Request&, const std::string& t) {
         return answer_configuration(s, t, false);
     }},
    {"/discovery/instance",
     [](Session&, const http::Request& r, const std::string&) { return answer_instance(r); }},
}};

}  // namespace

http::Response refused_login(Session& session, const http::Request& request, const Error& error) {
    const std::string trace = new_guid(session.random);
    const std::string correlation = correlation_of(session, request);
    const std::string timestamp = replace_all(utc_seconds(session.now), "T", " ");
    const std::string& number = error.inner_code();
    return json_answer(
        error.fault().http_status,
        Json{{"error", error.fault().code},
             {"error_description", fmt::format("{} Trace ID: {} Correlation ID: {} Timestamp: {}",
                                               error.message(), trace, correlation, timestamp)},
             {"error_codes", Json::array({number.empty() ? 0 : std::stoi(number)})},
             {"timestamp", timestamp},
             {"trace_id", trace},
             {"correlation_id", correlation},
             {"error_uri", fmt::format("https://login.microsoftonline.com/error?code={}", number)}});
}

http::Response answer_login(Session& session, const http::Request& request) {
    const size_t slash = request.path.find('/', 1);
    const std::string tenant = request.path.substr(1, slash == std::string::npos ? slash : slash - 1);
    const std::string_view rest =
        slash == std::string::npos ? "" : std::string_view(request.path).substr(slash);
    try {
        for (const auto& [path, answer] : routes)
            if (iequals(rest, path)) return answer(session, request, tenant);
        constexpr std::string_view realm = "/userrealm/";
        if (istarts_with(rest, realm))
            return answer_user_realm(session, std::string(rest.substr(realm.size())));
    } catch (const Error& error) {
        return refused_login(session, request, error);
    }
    return {404, {{"Content-Type", "text/html; charset=utf-8"}}, {}};
}

}  // namespace azid::entra
