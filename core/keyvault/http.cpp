#include "core/keyvault/http.hpp"

#include "core/arm/model.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/crypto/page_token.hpp"
#include "core/entra/bearer.hpp"
#include "core/keyvault/access.hpp"
#include "core/keyvault/http_keys.hpp"
#include "core/keyvault/http_secrets.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

namespace azid::keyvault {

namespace {

http::Response json_response(int status, const Json& body) {
    http::Response response;
    response.status = status;
    response.headers = {{"Content-Type", "application/json; charset=utf-8"}, {"Cache-Control", "no-cache"}};
    if (!body.is_null()) response.body = compact(body);
    return response;
}

http::Response error_response(const Error& error) {
    Json body;
    body["error"] = {{"code", error.fault().code}, {"message", error.message()}};
    if (!error.inner_code().empty()) body["error"]["innererror"] = {{"code", error.inner_code()}};
    return json_response(error.fault().http_status, body);
}

http::Response challenge(const std::string& tenant, const std::string& message) {
    http::Response response = error_response(Error(fault::vault_unauthorized, message));
    response.headers["WWW-Authenticate"] = fmt::format(
        "Bearer authorization=\"https://login.microsoftonline.com/{}\", resource=\"https://vault.azure.net\"",
        tenant);
    return response;
}

// KEYVAULT.md §1; what Key Vault says about an expired or malformed token is not recorded: the texts are
// azid's.
std::string flaw_text(const entra::TokenReading& token, const std::string& tenant) {
    switch (token.flaw) {
        case entra::TokenFlaw::wrong_audience:
            return fmt::format(
                "AKV10022: Invalid audience. Expected https://vault.azure.net or "
                "cfa8b339-82a2-471a-a3c9-0fc0be7a4093, found: {}.",
                token.audience);
        case entra::TokenFlaw::wrong_issuer:
            return fmt::format(
                "AKV10032: Invalid issuer. Expected one of https://sts.windows.net/{}/, found {}.", tenant,
                token.issuer);
        case entra::TokenFlaw::expired:
            return fmt::format("AKV10001: The token is expired. It was valid until {}.",
                               utc_seconds(token.expires));
        case entra::TokenFlaw::not_yet_valid:
            return fmt::format("AKV10001: The token is not valid yet. It is valid from {}.",
                               utc_seconds(token.not_before));
        case entra::TokenFlaw::unknown_key:
            return "AKV10046: Unable to resolve the key used for signature validation.";
        case entra::TokenFlaw::bad_signature:
            return "AKV10001: The token's signature is invalid.";
        case entra::TokenFlaw::bad_algorithm:
            return "AKV10001: The token's signature algorithm is not supported.";
        default:
            return "AKV10001: The token is malformed.";
    }
}

std::size_t whole_number(const std::optional<std::string>& text, std::size_t otherwise) {
    if (!text) return otherwise;
    std::size_t value = 0;
    const std::from_chars_result end = std::from_chars(text->data(), text->data() + text->size(), value);
    return end.ptr == text->data() + text->size() ? value : 0;
}

// A list as a page: as many as "maxresults" asks for, 25 at most, from where "$skiptoken" says.
Json page_of(const Json& items, const http::Request& request) {
    constexpr std::size_t most_a_page = 25;
    const std::size_t most = whole_number(http::query_value(request, "maxresults"), most_a_page);
    if (most == 0 || most > most_a_page)
        throw Error(fault::vault_bad_parameter,
                    "The value of the maxresults parameter must be between 1 and 25.");
    const std::string list = fmt::format("{}{}", request.host, lower(request.path));
    const std::optional<std::string> token = http::query_value(request, "$skiptoken");
    std::size_t from = 0;
    if (token && !token->empty()) {
        const std::optional<crypto::PagePosition> position = crypto::read_page_token(list, *token);
        if (!position)
            throw Error(fault::vault_bad_parameter, fmt::format("The skip token '{}' is not valid.", *token));
        from = position->count;
    }
    Json page{{"value", Json::array()}, {"nextLink", nullptr}};
    for (std::size_t at = from; at < items.size() && at - from < most; ++at)
        page["value"].push_back(items[at]);
    if (from + most < items.size())
        page["nextLink"] =
            fmt::format("https://{}:443{}?api-version={}&$skiptoken={}&maxresults={}", request.host,
                        request.path, http::query_value(request, "api-version").value_or(""),
                        crypto::page_token(list, {from + most, ""}), most);
    return page;
}

// The headers of recorded answers; the client's address is nobody's here.
void add_usual_headers(Session& session, const http::Request& request, const std::string& region,
                       http::Response& response) {
    response.headers["Pragma"] = "no-cache";
    response.headers["Expires"] = "-1";
    response.headers["x-ms-keyvault-region"] = region;
    response.headers["x-ms-keyvault-service-version"] = "1.9.2497.1";
    response.headers["x-ms-keyvault-network-info"] =
        "conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=InterNetwork;";
    response.headers["x-ms-request-id"] = new_guid(session.random);
    const std::string asked = http::echoed_header(request, "x-ms-client-request-id");
    if (!asked.empty()) response.headers["x-ms-client-request-id"] = asked;
    response.headers["X-Powered-By"] = "ASP.NET";
    response.headers["Strict-Transport-Security"] = "max-age=31536000;includeSubDomains";
    response.headers["X-Content-Type-Options"] = "nosniff";
}

http::Response route(Session& session, const std::string& vault, const http::Request& request) {
    std::vector<std::string> path = split(request.path, '/');
    path.erase(path.begin());
    while (!path.empty() && path.back().empty()) path.pop_back();
    const Json body = request.body.empty() ? Json::object() : parse_json(request.body);
    std::optional<Json> answer = answer_secrets(session, vault, request.method, path, body);
    if (!answer) answer = answer_keys(session, vault, request.method, path, body);
    if (!answer)
        throw Error(fault::vault_bad_parameter,
                    fmt::format("azid's vaults have no {} {}.", request.method, request.path));
    if (answer->is_array()) return json_response(200, page_of(*answer, request));
    return json_response(answer->is_null() ? 204 : 200, *answer);
}

}  // namespace

namespace {

http::Response answer_of_vault(Session& session, const http::Request& request, bool trusted,
                               const arm::Resource& vault) {
    try {
        const std::string tenant = arm::tenant_of(session, vault.id.subscription());
        const std::string token = entra::bearer_token(request);
        if (token.empty() && (!trusted || !http::header(request, "Authorization").empty()))
            return challenge(tenant, "AKV10000: Request is missing a Bearer or PoP token.");
        const entra::FormerCaller former(session);
        if (!token.empty()) {
            const entra::TokenReading reading = entra::admit(session, {"keyvault", vault.id.text()}, token,
                                                             tenant, entra::key_vault_audiences);
            if (reading.flaw != entra::TokenFlaw::none) return challenge(tenant, flaw_text(reading, tenant));
        }
        if (!http::query_value(request, "api-version"))
            throw Error(fault::vault_bad_parameter, "The api-version query parameter is required.");
        return route(session, vault.id.name(), request);
    } catch (const Error& error) {
        if (error.fault().surface == Surface::client) throw;
        return error_response(error);
    }
}

}  // namespace

http::Response answer(Session& session, const http::Request& request, bool trusted) {
    const std::string name = request.host.substr(0, request.host.find('.'));
    const arm::Resource vault = require_vault(session, name);
    http::Response response = answer_of_vault(session, request, trusted, vault);
    add_usual_headers(session, request, vault.location, response);
    return response;
}

}  // namespace azid::keyvault
