#include "core/keyvault/http.hpp"

#include "core/arm/model.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/access_token.hpp"
#include "core/keyvault/access.hpp"
#include "core/keyvault/secrets.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

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

Json values(const std::vector<Json>& items) { return {{"value", items}, {"nextLink", nullptr}}; }

// /secrets[/name[/version]], /deletedsecrets[/name[/recover]]
http::Response route(Session& session, const std::string& vault, const http::Request& request) {
    std::vector<std::string> path = split(request.path, '/');
    path.erase(path.begin());
    while (!path.empty() && path.back().empty()) path.pop_back();
    const std::string& method = request.method;
    const Json body = request.body.empty() ? Json::object() : parse_json(request.body);
    const bool deleted = !path.empty() && iequals(path[0], "deletedsecrets");
    if (!path.empty() && iequals(path[0], "secrets")) {
        const bool versions = path.size() == 3 && iequals(path[2], "versions");
        const std::string version = path.size() == 3 && !versions ? path[2] : "";
        if (method == "GET" && path.size() == 1)
            return json_response(200, values(list_secrets(session, vault)));
        if (method == "GET" && versions)
            return json_response(200, values(list_secret_versions(session, vault, path[1])));
        if (method == "GET" && path.size() <= 3)
            return json_response(200, get_secret(session, vault, path[1], version));
        if (method == "POST" && path.size() == 3 && iequals(path[2], "backup"))
            return json_response(200, {{"value", backup_secret(session, vault, path[1])}});
        if (method == "POST" && path.size() == 2 && iequals(path[1], "restore"))
            return json_response(200, restore_secret(session, vault, text_at(body, "value")));
        if (method == "PUT" && path.size() == 2)
            return json_response(200, set_secret(session, vault, path[1], body));
        if (method == "PATCH" && path.size() <= 3 && path.size() > 1)
            return json_response(200, update_secret(session, vault, path[1], version, body));
        if (method == "DELETE" && path.size() == 2)
            return json_response(200, delete_secret(session, vault, path[1]));
    }
    if (deleted && method == "GET" && path.size() == 1)
        return json_response(200, values(list_deleted_secrets(session, vault)));
    if (deleted && method == "GET" && path.size() == 2)
        return json_response(200, get_deleted_secret(session, vault, path[1]));
    if (deleted && method == "POST" && path.size() == 3 && iequals(path[2], "recover"))
        return json_response(200, recover_secret(session, vault, path[1]));
    if (deleted && method == "DELETE" && path.size() == 2) {
        purge_secret(session, vault, path[1]);
        return json_response(204, nullptr);
    }
    throw Error(fault::vault_bad_parameter,
                fmt::format("azid's vaults have no {} {}.", method, request.path));
}

}  // namespace

http::Response answer(Session& session, const http::Request& request, bool trusted) {
    const std::string name = request.host.substr(0, request.host.find('.'));
    try {
        const arm::Resource vault = require_vault(session, name);
        const std::string tenant = arm::tenant_of(session, vault.id.subscription());
        const std::string token = entra::bearer_token(request);
        if (token.empty() && (!trusted || !http::header(request, "Authorization").empty()))
            return challenge(tenant, "AKV10000: Request is missing a Bearer or PoP token.");
        const Caller before = session.caller;
        if (!token.empty()) {
            const entra::TokenReading reading = entra::read_access_token(
                session.entra, token, {tenant, entra::key_vault_audiences, session.now});
            if (reading.flaw != entra::TokenFlaw::none) return challenge(tenant, flaw_text(reading, tenant));
            session.caller = reading.caller;
        }
        if (!http::query_value(request, "api-version"))
            throw Error(fault::vault_bad_parameter, "The api-version query parameter is required.");
        http::Response response = route(session, vault.id.name(), request);
        session.caller = before;
        return response;
    } catch (const Error& error) {
        if (error.fault().surface == Surface::client) throw;
        return error_response(error);
    }
}

}  // namespace azid::keyvault
