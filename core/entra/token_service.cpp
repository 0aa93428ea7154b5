#include "core/entra/token_service.hpp"

#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/base/text.hpp"
#include "core/crypto/jws.hpp"
#include "core/crypto/secret.hpp"
#include "core/entra/aadsts.hpp"
#include "core/entra/client_assertion.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/signing_key.hpp"
#include "core/entra/token_claims.hpp"
#include "core/entra/user_tokens.hpp"
#include "core/entra/users.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

namespace azid::entra {

namespace {

constexpr std::string_view jwt_bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
// Names that stand for no single tenant.
constexpr std::array any_tenant{"common", "organizations", "consumers"};
// Microsoft's own public clients, known to every tenant.
constexpr std::array public_clients{azure_cli_app_id,
                                    std::string_view("1950a258-227b-4e31-a9cf-717495945fc2"),
                                    std::string_view("aebc6443-996d-45c2-90f0-388ff96faa56")};

struct Proof {
    ClientProof kind = ClientProof::none;
    VerifiedAssertion assertion;
};

bool is_any_tenant(std::string_view name) {
    return std::any_of(any_tenant.begin(), any_tenant.end(),
                       [&](const char* one) { return iequals(name, one); });
}

bool is_dns_name(std::string_view name) {
    if (name.find('.') == std::string_view::npos) return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.';
    });
}

void require_parameter(const std::string& value, std::string_view name) {
    if (value.empty()) throw refusal(aadsts::missing_parameter, {name});
}

ServicePrincipal client_of(Session& session, const Tenant& tenant, const std::string& client_id) {
    std::optional<ServicePrincipal> found = session.entra.find_service_principal_named(tenant.id, client_id);
    if (found && !iequals(found->app_id, client_id)) found.reset();
    if (!found) {
        const std::optional<Application> registered = session.entra.find_application(tenant.id, client_id);
        if (registered && iequals(registered->app_id, client_id))
            throw refusal(aadsts::no_service_principal, {client_id, tenant.id});
        throw refusal(aadsts::application_not_found, {client_id, tenant.display_name});
    }
    if (!found->enabled) throw refusal(aadsts::application_disabled, {found->app_id, found->display_name});
    return *found;
}

// Secrets belong to the application registration, or to the service principal itself.
void require_client_secret(Session& session, const ServicePrincipal& client, const std::string& secret) {
    std::vector<Secret> secrets = session.entra.secrets(client.id);
    if (const std::optional<Application> own =
            session.entra.find_application(client.tenant_id, client.app_id)) {
        const std::vector<Secret> more = session.entra.secrets(own->id);
        secrets.insert(secrets.end(), more.begin(), more.end());
    }
    bool expired = false;
    for (const Secret& one : secrets) {
        if (!crypto::secret_matches(secret, one.hash)) continue;
        if (one.start <= session.now && session.now < one.end) return;
        expired = expired || one.end <= session.now;
    }
    if (expired) throw refusal(aadsts::expired_client_secret, {client.app_id});
    throw refusal(aadsts::invalid_client_secret, {client.app_id});
}

Proof prove_client(Session& session, const TokenRequest& request, const Tenant& tenant,
                   const ServicePrincipal& client) {
    if (!request.client_assertion.empty()) {
        require_parameter(request.client_assertion_type, "client_assertion_type");
        if (request.client_assertion_type != jwt_bearer)
            throw refusal(aadsts::invalid_assertion, {"The type of the client assertion is not supported."});
        const AssertionCheck check{request.host, tenant, client};
        return {ClientProof::certificate, verify_client_assertion(session, check, request.client_assertion)};
    }
    if (request.client_secret.empty()) throw refusal(aadsts::credential_required);
    require_client_secret(session, client, request.client_secret);
    return {ClientProof::secret, {}};
}

std::string resource_asked(const TokenRequest& request, bool app_only) {
    if (!request.v2) {
        require_parameter(request.resource, "resource");
        return request.resource;
    }
    if (trim(request.scope).empty()) throw refusal(aadsts::scope_required);
    const std::optional<std::string> resource =
        app_only ? resource_of_default_scope(request.scope) : resource_of_user_scope(request.scope);
    if (!resource) throw refusal(aadsts::invalid_scope, {request.scope});
    return *resource;
}

Api api_of(Session& session, const Tenant& tenant, const std::string& resource) {
    const std::optional<Api> api = find_api(session.entra, tenant.id, resource);
    if (!api) throw refusal(aadsts::resource_not_found, {resource, tenant.display_name});
    return *api;
}

// An API may take only those whom it has given a role (Graph: appRoleAssignmentRequired).
void require_assignment(Session& session, const TokenOrder& order, const std::string& principal_id,
                        std::string_view name) {
    const std::optional<ServicePrincipal> api =
        session.entra.find_service_principal_named(order.tenant.id, order.api.app_id);
    if (!api || api->properties.empty()) return;
    const Json properties = Json::parse(api->properties);
    if (!properties.value("appRoleAssignmentRequired", false)) return;
    for (const AppRoleAssignment& given : session.entra.app_roles_of(principal_id))
        if (given.resource_id == api->id) return;
    const bool user = session.entra.find_user(order.tenant.id, principal_id).has_value();
    if (user) throw refusal(aadsts::user_not_assigned, {name, api->app_id, api->display_name});
    throw refusal(aadsts::application_not_assigned, {order.client_id, name, api->app_id, api->display_name});
}

// Both kinds of header, in the order in which Microsoft writes them.
std::string header_of(const TokenOrder& order, const std::string& kid) {
    if (order.api.token_version == 2) return compact_object({{"typ", "JWT"}, {"alg", "RS256"}, {"kid", kid}});
    return compact_object({{"typ", "JWT"}, {"alg", "RS256"}, {"x5t", kid}, {"kid", kid}});
}

IssuedToken sign(Session& session, const TokenOrder& order, const TokenClaims& claims,
                 const std::string& principal_id) {
    const SigningKey signing = ensure_signing_key(session, order.tenant.id);
    const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(signing.private_key);
    if (!key) throw std::runtime_error("the tenant's signing key is not readable");
    const std::string header = header_of(order, signing.kid);
    session.note("entra", "access token issued", principal_id,
                 compact_object({{"audience", order.resource},
                                 {"kid", signing.kid},
                                 {"expires", utc_seconds(claims.expires)},
                                 JsonMember::json("header", header),
                                 JsonMember::json("claims", claims.text)}));
    return {.access_token = crypto::sign_jwt(header, claims.text, crypto::Algorithm::rs256, *key),
            .resource = order.resource,
            .scope = {},
            .principal_id = principal_id,
            .not_before = claims.not_before,
            .expires = claims.expires,
            .lifetime = std::chrono::floor<std::chrono::seconds>(
                claims.expires - std::chrono::floor<std::chrono::seconds>(session.now))};
}

IssuedToken grant_client_credentials(Session& session, const TokenRequest& request) {
    if (is_any_tenant(request.tenant)) throw refusal(aadsts::no_tenant_information);
    const Tenant tenant = tenant_of_path(session, request.tenant);
    require_parameter(request.client_id, "client_id");
    const ServicePrincipal client = client_of(session, tenant, request.client_id);
    const Proof proof = prove_client(session, request, tenant, client);
    if (proof.kind == ClientProof::certificate)
        session.note(
            "entra", "client assertion verified", client.id,
            compact_object({{"alg", proof.assertion.algorithm}, {"thumbprint", proof.assertion.thumbprint}}));
    const std::string resource = resource_asked(request, true);
    const bool managed = client.type == "ManagedIdentity";
    const TokenOrder order{tenant,     api_of(session, tenant, resource),
                           resource,   client.app_id,
                           proof.kind, managed ? proof.assertion.host_id : std::string()};
    require_assignment(session, order, client.id, client.display_name);
    return sign(session, order, app_claims(session, order, client), client.id);
}

// A client with a secret of its own must show it even for a user's password.
ClientProof prove_user_client(Session& session, const TokenRequest& request, const Tenant& tenant) {
    const auto is_asked = [&](std::string_view one) { return iequals(one, request.client_id); };
    if (std::any_of(public_clients.begin(), public_clients.end(), is_asked)) return ClientProof::none;
    const ServicePrincipal client = client_of(session, tenant, request.client_id);
    if (request.client_secret.empty() && request.client_assertion.empty())
        throw refusal(aadsts::credential_required_of_confidential_client);
    return prove_client(session, request, tenant, client).kind;
}

User require_user(Session& session, const TokenRequest& request, const Tenant& tenant) {
    const std::optional<User> user = session.entra.find_user(tenant.id, request.username);
    if (!user || !iequals(user->user_principal_name, request.username))
        throw refusal(aadsts::user_not_found, {request.username, tenant.display_name});
    const std::vector<Secret> passwords = session.entra.secrets(user->id);
    const bool right = std::any_of(passwords.begin(), passwords.end(), [&](const Secret& one) {
        return one.start <= session.now && session.now < one.end &&
               crypto::secret_matches(request.password, one.hash);
    });
    if (!right) throw refusal(aadsts::wrong_password);
    if (!user->enabled) throw refusal(aadsts::user_disabled);
    if (std::any_of(passwords.begin(), passwords.end(),
                    [](const Secret& one) { return one.display_name == temporary_password; }))
        throw refusal(aadsts::password_expired);
    return *user;
}

// The tenant of a user who came without naming one is that of the domain in the user name.
std::string users_tenant(const TokenRequest& request) {
    if (!is_any_tenant(request.tenant)) return request.tenant;
    const size_t at = request.username.rfind('@');
    if (at == std::string::npos) throw refusal(aadsts::no_tenant_information);
    return request.username.substr(at + 1);
}

bool asks_for(const TokenRequest& request, std::string_view openid_scope) {
    const std::vector<std::string> scopes = split(request.scope, ' ');
    return std::find(scopes.begin(), scopes.end(), openid_scope) != scopes.end();
}

// The older endpoint gives a refresh token unasked.
IssuedToken token_of_user(Session& session, const TokenRequest& request, const Tenant& tenant,
                          const User& user, ClientProof proof) {
    const std::string resource = resource_asked(request, false);
    const TokenOrder order{tenant, api_of(session, tenant, resource), resource, request.client_id, proof, {}};
    require_assignment(session, order, user.id, user.user_principal_name);
    IssuedToken token = sign(session, order, user_claims(session, order, user), user.id);
    token.scope = resource + (resource.ends_with('/') ? "user_impersonation" : "/user_impersonation");
    if (!request.v2 || asks_for(request, "offline_access"))
        token.refresh_token = refresh_token(session, tenant, user, request.client_id);
    if (asks_for(request, "openid"))
        token.id_token = id_token(session, tenant, user, request.client_id, request.v2);
    if (request.client_info == "1") token.client_info = client_info(tenant, user);
    return token;
}

IssuedToken grant_password(Session& session, const TokenRequest& request) {
    const Tenant tenant = tenant_of_path(session, users_tenant(request));
    require_parameter(request.client_id, "client_id");
    require_parameter(request.username, "username");
    require_parameter(request.password, "password");
    const ClientProof proof = prove_user_client(session, request, tenant);
    const User user = require_user(session, request, tenant);
    return token_of_user(session, request, tenant, user, proof);
}

IssuedToken grant_refresh_token(Session& session, const TokenRequest& request) {
    require_parameter(request.client_id, "client_id");
    require_parameter(request.refresh_token, "refresh_token");
    const RefreshedUser refreshed = user_of_refresh_token(session, request.refresh_token, request.client_id);
    if (!is_any_tenant(request.tenant) && tenant_of_path(session, request.tenant).id != refreshed.tenant.id)
        throw refusal(aadsts::user_not_found, {refreshed.user.user_principal_name,
                                               tenant_of_path(session, request.tenant).display_name});
    const ClientProof proof = prove_user_client(session, request, refreshed.tenant);
    return token_of_user(session, request, refreshed.tenant, refreshed.user, proof);
}

}  // namespace

Tenant tenant_of_path(Session& session, std::string_view id_or_domain) {
    const std::optional<Tenant> tenant = session.entra.find_tenant(id_or_domain);
    if (tenant) return *tenant;
    const bool well_formed = is_guid(id_or_domain) || is_dns_name(id_or_domain);
    throw refusal(well_formed ? aadsts::tenant_not_found : aadsts::invalid_tenant_name, {id_or_domain});
}

namespace {

IssuedToken grant(Session& session, const TokenRequest& request) {
    if (!is_any_tenant(request.tenant)) tenant_of_path(session, request.tenant);
    require_parameter(request.grant_type, "grant_type");
    if (request.grant_type == "client_credentials") return grant_client_credentials(session, request);
    if (request.grant_type == "password") return grant_password(session, request);
    if (request.grant_type == "refresh_token") return grant_refresh_token(session, request);
    throw refusal(aadsts::unsupported_grant, {request.grant_type});
}

}  // namespace

IssuedToken issue_token(Session& session, const TokenRequest& request) {
    try {
        return grant(session, request);
    } catch (const Error& error) {
        session.note("entra", "token refused", request.tenant, compact_object({{"reason", error.message()}}));
        throw;
    }
}

IssuedToken issue_token_to_caller(Session& session, std::string_view resource) {
    const Tenant tenant = tenant_of_path(session, session.caller.tenant_id);
    const std::string asked(resource);
    TokenOrder order{
        tenant, api_of(session, tenant, asked), asked, std::string(azure_cli_app_id), ClientProof::none, {}};
    if (session.caller.is_user) {
        const std::optional<User> user = session.entra.find_user(tenant.id, session.caller.object_id);
        if (!user) throw refusal(aadsts::user_not_found, {session.caller.name, tenant.display_name});
        require_assignment(session, order, user->id, user->user_principal_name);
        return sign(session, order, user_claims(session, order, *user), user->id);
    }
    const std::optional<ServicePrincipal> principal =
        session.entra.find_service_principal(session.caller.object_id);
    if (!principal) throw refusal(aadsts::application_not_found, {session.caller.name, tenant.display_name});
    order.client_id = principal->app_id;
    order.proof = principal->type == "ManagedIdentity" ? ClientProof::certificate : ClientProof::secret;
    require_assignment(session, order, principal->id, principal->display_name);
    return sign(session, order, app_claims(session, order, *principal), principal->id);
}

}  // namespace azid::entra
