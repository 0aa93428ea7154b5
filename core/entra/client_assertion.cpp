#include "core/entra/client_assertion.hpp"

#include "core/base/base64.hpp"
#include "core/base/http.hpp"
#include "core/base/keys.hpp"
#include "core/base/session.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/jws.hpp"
#include "core/entra/aadsts.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/registration_ports.hpp"
#include "core/entra/signing_key.hpp"
#include "core/msi/certificates.hpp"
#include "core/msi/claims_expression.hpp"
#include "core/msi/ports.hpp"
#include "core/settings/settings.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace azid::entra {

namespace {

constexpr std::chrono::minutes clock_skew{5};
constexpr std::array login_hosts{"login.microsoftonline.com", "login.windows.net", "login.microsoft.com",
                                 "sts.windows.net"};

// The claims of an assertion that both kinds are checked by.
struct Claims {
    std::string issuer;
    std::string subject;
    std::vector<std::string> audiences;
    std::optional<Instant> not_before;
    std::optional<Instant> expires;
    std::string host_id;
};

std::optional<Instant> instant_at(const Json& payload, const char* claim) {
    const auto found = payload.find(claim);
    constexpr double furthest = 1e11;
    if (found == payload.end() || !found->is_number()) return {};
    const double seconds = found->get<double>();
    if (!(seconds >= 0 && seconds < furthest)) return {};
    return from_unix_seconds(static_cast<std::int64_t>(seconds));
}

Claims claims_of(const Json& payload) {
    Claims claims{.issuer = text_at(payload, "iss"),
                  .subject = text_at(payload, "sub"),
                  .audiences = {},
                  .not_before = instant_at(payload, "nbf"),
                  .expires = instant_at(payload, "exp"),
                  .host_id = text_at(payload, "xms_az_rid")};
    const auto audience = payload.find("aud");
    if (audience == payload.end()) return claims;
    if (audience->is_string()) claims.audiences.push_back(audience->get<std::string>());
    if (audience->is_array())
        for (const Json& one : *audience)
            if (one.is_string()) claims.audiences.push_back(one.get<std::string>());
    return claims;
}

void require_in_time(const Claims& claims, Instant now) {
    const bool early = claims.not_before && *claims.not_before > now + clock_skew;
    const bool late = !claims.expires || *claims.expires <= now - clock_skew;
    if (!early && !late) return;
    const auto shown = [](const std::optional<Instant>& instant) {
        return instant ? utc_ticks(*instant) : std::string("unknown");
    };
    throw refusal(aadsts::assertion_out_of_time,
                  {utc_ticks(now), shown(claims.not_before), shown(claims.expires)});
}

// The tenant's token endpoints and issuers, by any of the service's names or the one that the request used.
bool names_this_service(std::string_view audience, const AssertionCheck& check) {
    if (!istarts_with(audience, "https://") && !istarts_with(audience, "http://")) return false;
    const http::Request url = http::request_to(audience);
    const bool host = url.host == check.host ||
                      std::find(login_hosts.begin(), login_hosts.end(), url.host) != login_hosts.end();
    if (!host) return false;
    for (const std::string& tenant : {check.tenant.id, check.tenant.default_domain})
        for (const char* tail : {"/oauth2/v2.0/token", "/oauth2/token", "/v2.0", "/", ""})
            if (iequals(url.path, "/" + tenant + tail)) return true;
    return false;
}

// What the header says of the certificate used: the newer SHA-256 thumbprint wins over the older SHA-1 one.
struct Thumbprint {
    std::string sha1;
    std::string sha256;

    bool empty() const { return sha1.empty() && sha256.empty(); }
    bool of(const crypto::Certificate& certificate) const {
        return sha256.empty() ? sha1 == certificate.x5t() : sha256 == certificate.x5t_s256();
    }
    std::string shown() const { return hex_upper(from_base64(sha256.empty() ? sha1 : sha256).value_or("")); }
};

Thumbprint thumbprint_in(const Json& header) {
    Thumbprint thumbprint{text_at(header, "x5t"), text_at(header, "x5t#S256")};
    while (thumbprint.sha1.ends_with('=')) thumbprint.sha1.pop_back();
    while (thumbprint.sha256.ends_with('=')) thumbprint.sha256.pop_back();
    return thumbprint;
}

// A certificate that the directory trusts to be the client's, while it does.
struct TrustedKey {
    std::string certificate;  // DER
    Instant start;
    Instant end;
};

void add_keys(Session& session, const std::string& owner_id, std::vector<TrustedKey>& keys) {
    for (const KeyCredential& one : session.entra.registrations().key_credentials(owner_id))
        keys.push_back({one.certificate, one.start, one.end});
}

// Those of a managed identity, of the service principal itself, and of its application registration.
std::vector<TrustedKey> trusted_keys(Session& session, const ServicePrincipal& client) {
    std::vector<TrustedKey> keys;
    if (!client.resource_id.empty())
        for (const msi::Certificate& one : msi::current_certificates(session, client))
            keys.push_back({one.certificate, one.not_before, one.not_after});
    add_keys(session, client.id, keys);
    if (const std::optional<Application> own =
            session.entra.find_application(client.tenant_id, client.app_id))
        add_keys(session, own->id, keys);
    return keys;
}

// "01/02/2025 03:04:05", as the token service writes dates in this one message.
std::string month_first(Instant instant) {
    const std::string text = utc_seconds(instant);
    return fmt::format("{}/{}/{} {}", text.substr(5, 2), text.substr(8, 2), text.substr(0, 4),
                       text.substr(11, 8));
}

// The certificate with that thumbprint among the client's. Throws AADSTS700027 where there is none or its
// time is over.
crypto::Certificate certificate_used(Session& session, const ServicePrincipal& client,
                                     const Thumbprint& thumbprint) {
    for (const TrustedKey& key : trusted_keys(session, client)) {
        std::optional<crypto::Certificate> certificate = crypto::Certificate::from_der(key.certificate);
        if (!certificate || !thumbprint.of(*certificate)) continue;
        const bool current = std::min(key.start, certificate->not_before()) <= session.now &&
                             session.now < std::min(key.end, certificate->not_after());
        if (current) return std::move(*certificate);
        throw refusal(aadsts::expired_assertion_key,
                      {thumbprint.shown(), month_first(std::min(key.start, certificate->not_before())),
                       month_first(std::min(key.end, certificate->not_after())), client.app_id});
    }
    throw refusal(aadsts::invalid_assertion_signature,
                  {"The key was not found.", thumbprint.shown(), client.app_id});
}

VerifiedAssertion verify_own(Session& session, const AssertionCheck& check, const crypto::Jwt& jwt,
                             const Claims& claims) {
    const ServicePrincipal& client = check.client;
    const Thumbprint thumbprint = thumbprint_in(*jwt.header);
    if (thumbprint.empty())
        throw refusal(aadsts::invalid_assertion, {"No certificate thumbprint specified in token header."});
    if (!iequals(claims.issuer, client.app_id) || !iequals(claims.subject, client.app_id))
        throw refusal(aadsts::wrong_assertion_subject);
    const crypto::Certificate certificate = certificate_used(session, client, thumbprint);
    if (!crypto::verify_jwt(jwt, certificate.public_key(),
                            {crypto::Algorithm::rs256, crypto::Algorithm::ps256}))
        throw refusal(aadsts::invalid_assertion_signature,
                      {"The provided signature value did not match the expected signature value.",
                       thumbprint.shown(), client.app_id});
    const bool for_us = std::any_of(claims.audiences.begin(), claims.audiences.end(),
                                    [&](const std::string& one) { return names_this_service(one, check); });
    if (!for_us) throw refusal(aadsts::wrong_assertion_audience);
    require_in_time(claims, session.now);
    return {text_at(*jwt.header, "alg"), certificate.thumbprint(), claims.host_id};
}

// What a federated credential of a managed identity or an application asks of a token.
struct Trust {
    std::string issuer;
    std::string subject;
    std::string audience;
    std::string expression;  // over the claims, in place of the subject
};

std::vector<Trust> trusts_of(Session& session, const ServicePrincipal& client) {
    std::vector<Trust> trusts;
    if (!client.resource_id.empty())
        for (const msi::FederatedCredential& one : session.msi.federated_credentials(client.resource_id))
            trusts.push_back({one.issuer, one.subject, one.audience, one.claims_expression});
    if (const std::optional<Application> own =
            session.entra.find_application(client.tenant_id, client.app_id))
        for (const FederatedIdentity& one : session.entra.registrations().federated_identities(own->id))
            trusts.push_back({one.issuer, one.subject, one.audience, {}});
    return trusts;
}

bool subject_fits(const Trust& trust, const Claims& claims, const Json& payload) {
    if (trust.expression.empty()) return trust.subject == claims.subject;
    const std::optional<std::vector<msi::ClaimsTerm>> terms = msi::parse_claims_expression(trust.expression);
    return terms && msi::claims_match(*terms, payload);
}

// Issuer, subject and audience match exactly, case and final slash included (workload identity federation).
void require_federated(Session& session, const ServicePrincipal& client, const Claims& claims,
                       const Json& payload) {
    const std::vector<Trust> all = trusts_of(session, client);
    if (all.empty()) throw refusal(aadsts::no_federated_credentials, {client.app_id, client.display_name});
    bool issuer = false;
    bool subject = false;
    for (const Trust& one : all) {
        if (one.issuer != claims.issuer) continue;
        issuer = true;
        if (!subject_fits(one, claims, payload)) continue;
        subject = true;
        if (std::find(claims.audiences.begin(), claims.audiences.end(), one.audience) !=
            claims.audiences.end())
            return;
    }
    const auto differs_in_case = [&](std::string Trust::*member, const std::string& claim) {
        return std::any_of(all.begin(), all.end(),
                           [&](const Trust& one) { return iequals(one.*member, claim); });
    };
    if (!issuer && differs_in_case(&Trust::issuer, claims.issuer))
        throw refusal(aadsts::federated_issuer_case, {claims.issuer});
    if (!issuer) throw refusal(aadsts::no_federated_issuer, {claims.issuer});
    if (!subject && differs_in_case(&Trust::subject, claims.subject))
        throw refusal(aadsts::federated_subject_case, {claims.subject});
    if (!subject) throw refusal(aadsts::no_federated_subject, {claims.subject});
    throw refusal(
        aadsts::no_federated_audience,
        {claims.audiences.empty() ? std::string_view() : std::string_view(claims.audiences.front())});
}

bool is_issued_by(const Tenant& tenant, const std::string& issuer) {
    return issuer == fmt::format("https://sts.windows.net/{}/", tenant.id) ||
           issuer == fmt::format("https://login.microsoftonline.com/{}/v2.0", tenant.id);
}

// Whether the token is signed with the key of that "kid", or without one with any key of the set.
bool signed_by_one_of(const Json& keys, const crypto::Jwt& jwt) {
    const std::string kid = text_at(*jwt.header, "kid");
    const auto found = keys.find("keys");
    if (found == keys.end() || !found->is_array()) return false;
    for (const Json& key : *found) {
        if (!kid.empty() && key.contains("kid") && text_at(key, "kid") != kid) continue;
        const std::optional<crypto::PublicKey> known =
            crypto::PublicKey::from_jwk(text_at(key, "n"), text_at(key, "e"));
        if (known && crypto::verify_jwt(jwt, *known, {crypto::Algorithm::rs256})) return true;
    }
    return false;
}

// By the keys that the issuer itself publishes, where azid may ask for them.
void require_published_signature(Session& session, const crypto::Jwt& jwt, const std::string& issuer) {
    if (!settings::is_on(session, settings::federation_fetch))
        throw refusal(aadsts::issuer_unknown, {issuer});
    const std::string kid = text_at(*jwt.header, "kid");
    const IssuerKeys& published = session.keys.published(issuer, kid);
    if (published.keys.empty()) throw refusal(aadsts::issuer_unreachable, {issuer, published.failure});
    if (!signed_by_one_of(parse_json(published.keys), jwt))
        throw refusal(aadsts::federated_signature, {"The key was not found.", kid});
    session.note("entra", "issuer's published keys used", issuer);
}

// A tenant of this state can be an issuer too; the keys of any other have to be given to azid.
void require_signature(Session& session, const crypto::Jwt& jwt, const std::string& issuer) {
    const std::string kid = text_at(*jwt.header, "kid");
    for (const Tenant& tenant : session.entra.tenants()) {
        if (!is_issued_by(tenant, issuer)) continue;
        const std::optional<SigningKey> key = find_signing_key(session.entra, tenant.id, kid);
        const std::optional<crypto::Certificate> certificate =
            key ? crypto::Certificate::from_der(key->certificate) : std::nullopt;
        if (certificate && crypto::verify_jwt(jwt, certificate->public_key(), {crypto::Algorithm::rs256}))
            return;
        throw refusal(aadsts::federated_signature, {"The key was not found.", kid});
    }
    for (const TrustedIssuer& trusted : session.entra.registrations().trusted_issuers()) {
        if (trusted.issuer != issuer) continue;
        if (signed_by_one_of(Json::parse(trusted.keys), jwt)) return;
        throw refusal(aadsts::federated_signature, {"The key was not found.", kid});
    }
    require_published_signature(session, jwt, issuer);
}

VerifiedAssertion verify_federated(Session& session, const AssertionCheck& check, const crypto::Jwt& jwt,
                                   const Claims& claims) {
    require_federated(session, check.client, claims, *jwt.payload);
    require_signature(session, jwt, claims.issuer);
    require_in_time(claims, session.now);
    return {text_at(*jwt.header, "alg"), {}, {}};
}

}  // namespace

VerifiedAssertion verify_client_assertion(Session& session, const AssertionCheck& check,
                                          std::string_view assertion) {
    const std::optional<crypto::Jwt> jwt = crypto::decode_jwt(assertion);
    if (!jwt) throw refusal(aadsts::invalid_assertion, {"Token format not valid."});
    if (!crypto::algorithm_named(text_at(*jwt->header, "alg")))
        throw refusal(aadsts::invalid_assertion, {"The algorithm in the token header is not supported."});
    const Claims claims = claims_of(*jwt->payload);
    const bool federated = istarts_with(claims.issuer, "https://");
    return federated ? verify_federated(session, check, *jwt, claims)
                     : verify_own(session, check, *jwt, claims);
}

}  // namespace azid::entra
