#include "core/storage/authentication.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/crypto/digest.hpp"
#include "core/entra/bearer.hpp"
#include "core/storage/account_keys.hpp"
#include "core/storage/faults.hpp"
#include "core/storage/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace azid::storage {

namespace {

constexpr std::string_view oldest_bearer_version = "2017-11-09";
constexpr std::string_view oldest_challenge_version = "2019-12-12";
constexpr std::string_view refusal_text =
    "Server failed to authenticate the request. Please refer to the information in the www-authenticate "
    "header.";
constexpr std::string_view malformed_text =
    "Server failed to authenticate the request. Make sure the value of Authorization header is formed "
    "correctly including the signature.";

// STORAGE.md §2; of issuer and signature only the beginning is recorded, of the others nothing: azid's words.
std::string_view flaw_text(entra::TokenFlaw flaw) {
    switch (flaw) {
        case entra::TokenFlaw::wrong_audience:
            return "Audience validation failed. Audience did not match.";
        case entra::TokenFlaw::wrong_issuer:
            return "Issuer validation failed. Issuer did not match.";
        case entra::TokenFlaw::expired:
            return "Lifetime validation failed. The token is expired.";
        case entra::TokenFlaw::not_yet_valid:
            return "Lifetime validation failed. The token is not yet valid.";
        case entra::TokenFlaw::malformed:
            return "The token is malformed.";
        default:
            return "Signature validation failed. Signature verification failed.";
    }
}

Error with_detail(const Fault& fault, std::string_view message, std::string_view detail) {
    Error error(fault, std::string(message));
    error.with_details({{"AuthenticationErrorDetail", std::string(detail), ""}});
    return error;
}

// Nobody's request. From version 2019-12-12 on the challenge; before it the container is not even there.
[[noreturn]] void refuse_anonymous(const http::Request& request, const arm::Resource& account) {
    if (http::header(request, "x-ms-version") >= oldest_challenge_version)
        throw Error(fault::no_authentication_information, std::string(refusal_text));
    if (!Json::parse(account.properties).value("allowBlobPublicAccess", false))
        throw Error(fault::public_access_not_permitted,
                    "Public access is not permitted on this storage account.");
    throw Error(fault::blob_resource_not_found, "The specified resource does not exist.");
}

void admit_bearer(Session& session, const http::Request& request, const arm::Resource& account,
                  const std::string& token, const std::string& tenant) {
    if (http::header(request, "x-ms-version") < oldest_bearer_version)
        throw with_detail(fault::blob_authentication_failed, malformed_text,
                          "Authentication scheme Bearer is not supported in this version.");
    const std::string own = fmt::format("https://{}.blob.core.windows.net", lower(account.id.name()));
    const std::string own_slash = own + "/";
    std::vector<std::string_view> audiences(entra::storage_audiences.begin(), entra::storage_audiences.end());
    audiences.push_back(own);
    audiences.push_back(own_slash);
    const entra::TokenReading reading =
        entra::admit(session, {"storage", account.id.text()}, token, tenant, audiences);
    if (reading.flaw != entra::TokenFlaw::none)
        throw with_detail(fault::invalid_authentication_info, refusal_text, flaw_text(reading.flaw));
}

// The x-ms- headers in order, one a line.
std::string canonical_headers(const http::Request& request) {
    std::map<std::string, std::string> own;
    for (const auto& [name, value] : request.headers)
        if (istarts_with(name, "x-ms-")) own[lower(name)] = std::string(trim(value));
    std::string text;
    for (const auto& [name, value] : own) text += fmt::format("{}:{}\n", name, value);
    return text;
}

std::string canonical_resource(const http::Request& request, const std::string& account) {
    std::string text = "/" + account;
    std::string path;
    for (const std::string& piece : split(request.path, '/')) path += "/" + http::url_encoded(piece);
    text += path.substr(1);
    std::map<std::string, std::vector<std::string>> parameters;
    for (const auto& [name, value] : request.query) parameters[lower(name)].push_back(value);
    for (auto& [name, values] : parameters) {
        std::sort(values.begin(), values.end());
        text += fmt::format("\n{}:{}", name, fmt::join(values, ","));
    }
    return text;
}

// What a client signs with the account's key ("Authorize with Shared Key", versions since 2015-02-21).
std::string string_to_sign(const http::Request& request, const std::string& account) {
    std::string text = request.method + "\n";
    for (const char* name :
         {"Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date",
          "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"}) {
        std::string value = http::header(request, name);
        if (name == std::string_view("Content-Length") && value == "0") value.clear();
        if (name == std::string_view("Date") && !http::header(request, "x-ms-date").empty()) value.clear();
        text += value + "\n";
    }
    return text + canonical_headers(request) + canonical_resource(request, account);
}

// "SharedKey account:signature": the holder of one of the account's keys.
void admit_shared_key(Session& session, const http::Request& request, const arm::Resource& account,
                      const std::string& credentials) {
    const std::size_t colon = credentials.find(':');
    const std::string account_name = lower(account.id.name());
    const std::string named = credentials.substr(0, colon);
    const std::string signature = colon == std::string::npos ? "" : credentials.substr(colon + 1);
    const std::string text = string_to_sign(request, named);
    for (const AccountKey& key : session.storage.account_keys(account.id.name())) {
        const std::optional<std::string> secret = from_base64(key.value);
        if (!secret || named != account_name || base64(crypto::hmac_sha256(*secret, text)) != signature)
            continue;
        check_account_key(session, account, key.value);
        session.caller = key_holder(account);
        return;
    }
    throw with_detail(fault::blob_authentication_failed, malformed_text,
                      fmt::format("The MAC signature found in the HTTP request '{}' is not the same as any "
                                  "computed signature. Server used following string to sign: '{}'.",
                                  signature, text));
}

}  // namespace

std::string challenge(const std::string& tenant) {
    return fmt::format(
        "Bearer authorization_uri=https://login.microsoftonline.com/{}/oauth2/authorize "
        "resource_id=https://storage.azure.com",
        tenant);
}

void authenticate(Session& session, const http::Request& request, const arm::Resource& account,
                  const std::string& tenant, bool trusted) {
    const std::string token = entra::bearer_token(request);
    const std::string authorization = http::header(request, "Authorization");
    constexpr std::string_view shared_key = "SharedKey ";
    if (!token.empty()) return admit_bearer(session, request, account, token, tenant);
    if (istarts_with(authorization, shared_key))
        return admit_shared_key(session, request, account, authorization.substr(shared_key.size()));
    if (http::query_value(request, "sig") || !authorization.empty())
        throw with_detail(fault::blob_authentication_failed, malformed_text,
                          "azid's storage accounts know bearer tokens and account keys, no shared access "
                          "signatures.");
    if (!trusted) refuse_anonymous(request, account);
}

}  // namespace azid::storage
