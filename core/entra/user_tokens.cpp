#include "core/entra/user_tokens.hpp"

#include "core/base/base64.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/session.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/jws.hpp"
#include "core/entra/aadsts.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/signing_key.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace azid::entra {

namespace {

constexpr std::string_view refresh_audience = "urn:azid:refresh";
constexpr std::chrono::days refresh_lifetime{90};
constexpr std::chrono::hours id_lifetime{1};

std::string signed_text(Session& session, const Tenant& tenant, const Json& claims) {
    const SigningKey signing = ensure_signing_key(session, tenant.id);
    const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(signing.private_key);
    if (!key) throw std::runtime_error("the tenant's signing key is not readable");
    return crypto::sign_jwt({{"typ", "JWT"}, {"alg", "RS256"}, {"kid", signing.kid}}, claims, *key);
}

bool is_signed(Session& session, const crypto::Jwt& jwt, const std::string& tenant) {
    const std::optional<SigningKey> key =
        find_signing_key(session.entra, tenant, text_at(*jwt.header, "kid"));
    const std::optional<crypto::Certificate> certificate =
        key ? crypto::Certificate::from_der(key->certificate) : std::nullopt;
    return certificate && crypto::verify_jwt(jwt, certificate->public_key(), {crypto::Algorithm::rs256});
}

std::string password_id(Session& session, const std::string& user_id) {
    const std::vector<Secret> passwords = session.entra.secrets(user_id);
    return passwords.empty() ? std::string() : passwords.front().key_id;
}

// "2025-01-02T03:04:05.1234567Z"
std::string moment(std::int64_t seconds) { return utc_ticks(from_unix_seconds(seconds)); }

void check_times(Session& session, const Json& claims) {
    const std::int64_t issued = claims.value("iat", std::int64_t{0});
    if (claims.value("exp", std::int64_t{0}) <= unix_seconds(session.now))
        throw refusal(aadsts::refresh_token_expired, {moment(issued)});
}

}  // namespace

std::string refresh_token(Session& session, const Tenant& tenant, const User& user,
                          std::string_view client_id) {
    const std::int64_t issued = unix_seconds(session.now);
    return signed_text(session, tenant,
                       {{"aud", refresh_audience},
                        {"tid", tenant.id},
                        {"sub", user.id},
                        {"client_id", client_id},
                        {"password", password_id(session, user.id)},
                        {"iat", issued},
                        {"exp", unix_seconds(session.now + refresh_lifetime)},
                        {"jti", base64url(session.random.bytes(16))}});
}

RefreshedUser user_of_refresh_token(Session& session, std::string_view token, std::string_view client_id) {
    const std::optional<crypto::Jwt> jwt = crypto::decode_jwt(token);
    const Json claims = jwt ? *jwt->payload : Json::object();
    const std::optional<Tenant> tenant = session.entra.find_tenant(text_at(claims, "tid"));
    const bool is_ours = jwt && tenant && text_at(claims, "aud") == refresh_audience &&
                         is_signed(session, *jwt, tenant->id) &&
                         iequals(text_at(claims, "client_id"), client_id);
    if (!is_ours) throw refusal(aadsts::invalid_refresh_token);
    check_times(session, claims);
    const std::string id = text_at(claims, "sub");
    const std::optional<User> user = session.entra.find_user(tenant->id, id);
    if (!user) throw refusal(aadsts::user_not_found, {id, tenant->display_name});
    if (!user->enabled) throw refusal(aadsts::user_disabled);
    if (password_id(session, user->id) != text_at(claims, "password"))
        throw refusal(aadsts::refresh_token_revoked, {moment(claims.value("iat", std::int64_t{0}))});
    return {*tenant, *user};
}

std::string id_token(Session& session, const Tenant& tenant, const User& user, std::string_view client_id,
                     bool v2) {
    const std::int64_t issued = unix_seconds(session.now);
    Json claims{{"aud", client_id},
                {"iss", v2 ? fmt::format("https://login.microsoftonline.com/{}/v2.0", tenant.id)
                           : fmt::format("https://sts.windows.net/{}/", tenant.id)},
                {"iat", issued},
                {"nbf", issued},
                {"exp", unix_seconds(session.now + id_lifetime)},
                {"name", user.display_name},
                {"oid", user.id}};
    if (v2) claims["preferred_username"] = user.user_principal_name;
    claims["rh"] = fmt::format("1.A{}.", base64url(session.random.bytes(30)));
    // A user's subject differs from application to application.
    claims["sub"] = base64url(crypto::sha256(user.id + std::string(client_id)));
    claims["tid"] = tenant.id;
    if (!v2) {
        claims["unique_name"] = user.user_principal_name;
        claims["upn"] = user.user_principal_name;
    }
    claims["uti"] = base64url(session.random.bytes(16));
    claims["ver"] = v2 ? "2.0" : "1.0";
    return signed_text(session, tenant, claims);
}

std::string client_info(const Tenant& tenant, const User& user) {
    return base64url(compact(Json{{"uid", user.id}, {"utid", tenant.id}}));
}

}  // namespace azid::entra
