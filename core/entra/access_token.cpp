#include "core/entra/access_token.hpp"

#include "core/base/http.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/jws.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/signing_key.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace azid::entra {

namespace {

constexpr std::chrono::minutes clock_skew{5};

std::vector<std::string> texts_at(const Json& payload, const char* claim) {
    std::vector<std::string> texts;
    const auto found = payload.find(claim);
    if (found == payload.end() || !found->is_array()) return texts;
    for (const Json& one : *found)
        if (one.is_string()) texts.push_back(one.get<std::string>());
    return texts;
}

// Empty where there is no such claim, or no instant in it: a text, a fraction, a number out of all range.
std::optional<Instant> instant_at(const Json& payload, const char* claim) {
    constexpr std::int64_t furthest = 253402300799;  // the end of the year 9999
    const auto found = payload.find(claim);
    if (found == payload.end() || !found->is_number_integer() || found->get<double>() < 0 ||
        found->get<double>() > furthest)
        return {};
    return from_unix_seconds(found->get<std::int64_t>());
}

Caller caller_of(const Json& payload) {
    Caller caller;
    caller.object_id = text_at(payload, "oid");
    caller.tenant_id = text_at(payload, "tid");
    caller.app_id = text_at(payload, "appid");
    if (caller.app_id.empty()) caller.app_id = text_at(payload, "azp");  // version 2.0
    const std::string user = text_at(payload, payload.contains("azp") ? "preferred_username" : "upn");
    caller.is_user = payload.contains("azp") ? !user.empty() : text_at(payload, "idtyp") != "app";
    caller.name = caller.is_user ? user : caller.app_id;
    caller.groups = texts_at(payload, "groups");
    caller.token_roles = texts_at(payload, "roles");
    caller.managed_identity_resource = text_at(payload, "xms_mirid");
    return caller;
}

TokenFlaw signature_flaw(Store& store, const crypto::Jwt& jwt, const std::string& tenant) {
    if (text_at(*jwt.header, "alg") != crypto::name_of(crypto::Algorithm::rs256))
        return TokenFlaw::bad_algorithm;
    const std::optional<SigningKey> key = find_signing_key(store, tenant, text_at(*jwt.header, "kid"));
    const std::optional<crypto::Certificate> certificate =
        key ? crypto::Certificate::from_der(key->certificate) : std::nullopt;
    if (!certificate) return TokenFlaw::unknown_key;
    const bool sound = crypto::verify_jwt(jwt, certificate->public_key(), {crypto::Algorithm::rs256});
    return sound ? TokenFlaw::none : TokenFlaw::bad_signature;
}

// Whether the claims that everything rests on are there, and are what they should be.
bool is_complete(const Json& payload) {
    return instant_at(payload, "exp") && (!payload.contains("nbf") || instant_at(payload, "nbf")) &&
           !text_at(payload, "oid").empty();
}

TokenFlaw claims_flaw(const TokenReading& token, const std::string& tenant,
                      const TokenExpectation& expected) {
    const bool ours = (expected.tenant.empty() || iequals(tenant, expected.tenant)) &&
                      (token.issuer == fmt::format("https://sts.windows.net/{}/", tenant) ||
                       token.issuer == fmt::format("https://login.microsoftonline.com/{}/v2.0", tenant));
    if (!ours) return TokenFlaw::wrong_issuer;
    const std::span<const std::string_view> audiences = expected.audiences;
    const bool for_us =
        audiences.empty() || std::find(audiences.begin(), audiences.end(), token.audience) != audiences.end();
    if (!for_us) return TokenFlaw::wrong_audience;
    if (token.not_before > expected.now + clock_skew) return TokenFlaw::not_yet_valid;
    if (token.expires <= expected.now - clock_skew) return TokenFlaw::expired;
    return TokenFlaw::none;
}

}  // namespace

TokenReading read_access_token(Store& store, std::string_view token, const TokenExpectation& expected) {
    TokenReading reading;
    const std::optional<crypto::Jwt> jwt = crypto::decode_jwt(token);
    if (!jwt) return reading;
    const Json& payload = *jwt->payload;
    reading.payload = compact(payload);
    reading.issuer = text_at(payload, "iss");
    reading.audience = text_at(payload, "aud");
    reading.not_before = instant_at(payload, "nbf").value_or(Instant());
    reading.expires = instant_at(payload, "exp").value_or(Instant());
    const std::string tenant = text_at(payload, "tid");
    reading.flaw = signature_flaw(store, *jwt, tenant);
    if (reading.flaw == TokenFlaw::none && !is_complete(payload)) reading.flaw = TokenFlaw::malformed;
    if (reading.flaw == TokenFlaw::none) reading.flaw = claims_flaw(reading, tenant, expected);
    if (reading.flaw == TokenFlaw::none) reading.caller = caller_of(payload);
    return reading;
}

std::string bearer_token(const http::Request& request) {
    const std::string value = http::header(request, "Authorization");
    if (!istarts_with(value, "Bearer ")) return {};
    return std::string(trim(std::string_view(value).substr(7)));
}

}  // namespace azid::entra
