#include "core/imds/token.hpp"

#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/jws.hpp"
#include "core/entra/login_http.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/token_service.hpp"
#include "core/msi/certificates.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <stdexcept>

namespace azid::imds {

namespace {

// How early a held token is renewed is not documented; clients treat the last five minutes as over. Whole
// seconds decide, as in what is answered: within one of them a held token's answer is always the same.
constexpr std::int64_t renewal = 5 * 60;
constexpr std::chrono::minutes assertion_lifetime{10};
// Stays as it is while expires_in of a held token counts down (captured answers).
constexpr const char* extended_lifetime = "86399";

// App Service's spelling of the resource id's parameter is taken too.
Selector selector_of(const http::Request& request) {
    const auto value = [&](const char* name) { return http::query_value(request, name).value_or(""); };
    std::string resource_id = value("msi_res_id");
    if (resource_id.empty()) resource_id = value("mi_res_id");
    return {value("client_id"), value("object_id"), std::move(resource_id)};
}

// The proof that the identity's certificate is ours: a JWT for the tenant's token endpoint, signed with its
// key (Microsoft's certificate credentials: PS256 with the SHA-256 thumbprint). "xms_az_rid" says for which
// host.
std::string client_assertion(Session& session, const entra::ServicePrincipal& principal,
                             const arm::Resource& host, const std::string& endpoint) {
    const msi::Certificate credential = msi::ensure_certificate(session, principal);
    const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(credential.private_key);
    const std::optional<crypto::Certificate> certificate =
        crypto::Certificate::from_der(credential.certificate);
    if (!key || !certificate) throw std::runtime_error("the stored certificate is not readable");
    const std::int64_t now = unix_seconds(session.now);
    const std::int64_t end = unix_seconds(session.now + assertion_lifetime);
    const std::string header =
        compact_object({{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", certificate->x5t_s256()}});
    const std::string payload = compact_object({{"aud", endpoint},
                                                {"iss", principal.app_id},
                                                {"sub", principal.app_id},
                                                {"jti", new_guid(session.random)},
                                                {"nbf", now},
                                                {"iat", now},
                                                {"exp", end},
                                                {"xms_az_rid", host.id.text()}});
    const std::string shown = compact_object({{"keyId", credential.key_id},
                                              {"subject", certificate->subject()},
                                              {"thumbprint", credential.thumbprint},
                                              {"notBefore", utc_seconds(credential.not_before)},
                                              {"notAfter", utc_seconds(credential.not_after)}});
    session.note("imds", "client assertion signed", principal.id,
                 compact_object({JsonMember::json("header", header),
                                 JsonMember::json("claims", payload),
                                 {"thumbprint", credential.thumbprint},
                                 {"audience", endpoint},
                                 JsonMember::json("certificate", shown)}));
    return crypto::sign_jwt(header, payload, crypto::Algorithm::ps256, *key);
}

// As a client of the older endpoint, which takes a resource.
entra::TokenRequest request_to_entra(Session& session, const entra::ServicePrincipal& principal,
                                     const arm::Resource& host, const std::string& resource) {
    const std::string endpoint =
        fmt::format("https://login.microsoftonline.com/{}/oauth2/token", principal.tenant_id);
    entra::TokenRequest request;
    request.tenant = principal.tenant_id;
    request.v2 = false;
    request.grant_type = "client_credentials";
    request.client_id = principal.app_id;
    request.resource = resource;
    request.client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    request.client_assertion = client_assertion(session, principal, host, endpoint);
    return request;
}

std::optional<CachedToken> held_token(Session& session, const arm::Resource& host,
                                      const HostIdentity& identity, const std::string& resource) {
    std::optional<CachedToken> held =
        session.imds.find_token(host.id.text(), identity.principal_id, resource);
    // One of later is left from before the clock went back.
    if (held &&
        (unix_seconds(held->expires) - unix_seconds(session.now) < renewal || held->not_before > session.now))
        held.reset();
    return held;
}

// Members in alphabetical order, every value a text (captured answers).
http::Response token_answer(const CachedToken& token, const std::string& client_id, Instant now) {
    std::string body =
        compact_object({{"access_token", token.access_token},
                        {"client_id", client_id},
                        {"expires_in", std::to_string(unix_seconds(token.expires) - unix_seconds(now))},
                        {"expires_on", std::to_string(unix_seconds(token.expires))},
                        {"ext_expires_in", extended_lifetime},
                        {"not_before", std::to_string(unix_seconds(token.not_before))},
                        {"resource", token.resource},
                        {"token_type", "Bearer"}});
    return {200, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(body)};
}

Issued fresh_token(Session& session, const arm::Resource& host, const HostIdentity& identity,
                   const std::string& resource) {
    const std::optional<entra::ServicePrincipal> principal =
        session.entra.find_service_principal(identity.principal_id);
    const entra::TokenRequest request = request_to_entra(session, *principal, host, resource);
    Session anonymous = session;
    anonymous.caller = {};
    CachedToken token{.host_id = host.id.text(),
                      .principal_id = identity.principal_id,
                      .resource = resource,
                      .access_token = {},
                      .not_before = {},
                      .expires = {}};
    try {
        entra::IssuedToken issued = entra::issue_token(anonymous, request);
        token.access_token = std::move(issued.access_token);
        token.not_before = issued.not_before;
        token.expires = issued.expires;
    } catch (const Error& refusal) {
        const http::Response answer = entra::refused_login(anonymous, {}, refusal);
        const Json body = parse_json(answer.body);
        return {{}, answer.status, text_at(body, "error"), text_at(body, "error_description")};
    }
    session.imds.save(token);
    return {std::move(token), 200, {}, {}};
}

}  // namespace

std::vector<HostIdentity> identities_of(Session& session, const arm::Resource& host) {
    std::vector<HostIdentity> identities;
    const std::string& own = host.identity.system_principal_id;
    if (const auto principal = own.empty() ? std::nullopt : session.entra.find_service_principal(own))
        identities.push_back({principal->id, principal->app_id, {}, true});
    for (const arm::AssignedIdentity& assigned : host.identity.user_assigned)
        if (const auto principal = session.entra.find_service_principal(assigned.principal_id))
            identities.push_back({principal->id, principal->app_id, assigned.identity_id, false});
    return identities;
}

http::Response identity_error(int status, std::string_view error, std::string_view description) {
    return {status,
            {{"Content-Type", "application/json; charset=utf-8"}},
            compact_object({{"error", error}, {"error_description", description}})};
}

namespace {

// What is asked for, with nothing but ids of it, and why it is not to be had.
http::Response refused(Session& session, const arm::Resource& host, const Selector& selector,
                       const std::string& resource, std::string_view reason) {
    session.note("imds", "token requested", host.id.text(),
                 compact_object({{"resource", resource},
                                 {"clientId", selector.client_id},
                                 {"principalId", selector.object_id},
                                 {"identity", selector.resource_id}}));
    session.note("imds", "token refused", host.id.text(), compact_object({{"reason", reason}}));
    return identity_error(400, "invalid_request", reason);
}

}  // namespace

http::Response answer_token(Session& session, const arm::Resource& host, const http::Request& request) {
    const std::string resource = http::query_value(request, "resource").value_or("");
    if (resource.empty())
        return identity_error(400, "invalid_request", "Required query variable 'resource' is missing");
    const Selector selector = selector_of(request);
    if (selector.several())
        return identity_error(
            400, "invalid_request",
            "Only one of client_id, object_id and msi_res_id may be specified in the token request");
    const std::vector<HostIdentity> identities = identities_of(session, host);
    const Selection selection = select_identity(identities, selector);
    if (selection.kind == Selected::not_found)
        return refused(session, host, selector, resource, "Identity not found");
    if (selection.kind == Selected::ambiguous)
        return refused(
            session, host, selector, resource,
            "Multiple user assigned identities exist, please specify the clientId / resourceId of the "
            "identity in the token request");
    const bool bypass = iequals(http::query_value(request, "bypass_cache").value_or(""), "true");
    const Issued issued = token_for(session, host, *selection.identity, resource, bypass);
    if (!issued.token) return identity_error(issued.status, issued.error, issued.description);
    return token_answer(*issued.token, selection.identity->client_id, session.now);
}

Issued token_for(Session& session, const arm::Resource& host, const HostIdentity& identity,
                 const std::string& resource, bool bypass_cache) {
    session.note("imds", "token requested", host.id.text(),
                 compact_object({{"resource", resource}, {"principalId", identity.principal_id}}));
    const std::optional<CachedToken> held =
        bypass_cache ? std::nullopt : held_token(session, host, identity, resource);
    if (held) {
        session.note("imds", "held token answered", identity.principal_id,
                     compact_object({{"resource", resource}, {"expires", utc_seconds(held->expires)}}));
        return {held, 200, {}, {}};
    }
    session.imds.expect_saving();
    Issued issued = fresh_token(session, host, identity, resource);
    if (issued.token)
        session.note(
            "imds", "token answered", identity.principal_id,
            compact_object({{"resource", resource}, {"expires", utc_seconds(issued.token->expires)}}));
    else
        session.note("imds", "token refused", host.id.text(), compact_object({{"reason", issued.error}}));
    return issued;
}

}  // namespace azid::imds
