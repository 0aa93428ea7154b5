#include "core/entra/token_claims.hpp"

#include "core/base/base64.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/session.hpp"
#include "core/base/text.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace azid::entra {

namespace {

// Role template ids that Graph tokens carry besides given roles: every app's, and every member user's.
constexpr const char* any_application = "0997a1d0-0d1d-4acb-b408-d5ca73121e90";
constexpr const char* any_user = "b79fbf4d-3ef9-4689-8143-76b194e85509";
// Relation of the identity to the one who asks; the numbers' meaning is not published.
constexpr const char* managed_identity_relation = "7 18";

std::string opaque(Session& session, size_t bytes) { return base64url(session.random.bytes(bytes)); }

// Members in the order of Microsoft's tokens: who and when first, then alphabetically. They are kept as text.
class Claims {
  public:
    Claims(Session& session, const TokenOrder& order, std::chrono::seconds lifetime)
        : audience_(order.resource),
          issuer_(fmt::format("https://sts.windows.net/{}/", order.tenant.id)),
          issued_(unix_seconds(session.now - token_back_dating)),
          expires_(unix_seconds(session.now + lifetime)) {
        add("idp", issuer_);
        add("tid", order.tenant.id);
        add("ver", "1.0");
        add("aio", base64(session.random.bytes(24)));
        add("rh", fmt::format("1.A{}.", opaque(session, 30)));
        add("uti", opaque(session, 16));
        add("appid", order.client_id);
        add("appidacr", std::to_string(static_cast<int>(order.proof)));
    }

    // What an API that asks for version 2.0 gets instead.
    void become_version_2(const TokenOrder& order) {
        audience_ = order.api.app_id;
        issuer_ = fmt::format("https://login.microsoftonline.com/{}/v2.0", order.tenant.id);
        for (const char* name : {"idp", "idtyp", "appid", "appidacr", "unique_name", "upn"})
            sorted_.erase(name);
        add("azp", order.client_id);
        add("azpacr", std::to_string(static_cast<int>(order.proof)));
        add("ver", "2.0");
    }

    // The name is a literal.
    void add(std::string_view name, std::string_view value) { sorted_[name] = compact_text(value); }
    void add_unless_empty(std::string_view name, std::string_view value) {
        if (!value.empty()) add(name, value);
    }
    void add_unless_empty(std::string_view name, const std::vector<std::string>& values) {
        if (!values.empty()) sorted_[name] = compact(Json(values));
    }

    TokenClaims finish() const {
        std::string text = compact_object(
            {{"aud", audience_}, {"iss", issuer_}, {"iat", issued_}, {"nbf", issued_}, {"exp", expires_}});
        text.pop_back();
        for (const auto& [name, value] : sorted_) JsonMember::json(name, value).append_to(text);
        return {text + '}', from_unix_seconds(issued_), from_unix_seconds(expires_)};
    }

  private:
    std::string audience_;
    std::string issuer_;
    std::int64_t issued_;
    std::int64_t expires_;
    std::map<std::string_view, std::string> sorted_;
};

bool decides_by_groups(const Api& api) {
    return api.kind == ApiKind::resource_manager || api.kind == ApiKind::key_vault ||
           api.kind == ApiKind::storage;
}

void add_groups(Session& session, Claims& claims, const Api& api, const std::string& object_id) {
    if (decides_by_groups(api)) claims.add_unless_empty("groups", session.entra.transitive_groups(object_id));
}

void add_directory_roles(Session& session, Claims& claims, const TokenOrder& order,
                         const std::string& object_id, const char* everyone) {
    if (order.api.kind != ApiKind::graph) return;
    std::vector<std::string> roles;
    for (const DirectoryRoleAssignment& given : session.entra.directory_roles(order.tenant.id))
        if (given.principal_id == object_id) roles.push_back(given.role_template_id);
    roles.emplace_back(everyone);
    claims.add_unless_empty("wids", roles);
}

void add_app_roles(Session& session, Claims& claims, const TokenOrder& order, const std::string& object_id) {
    const std::optional<ServicePrincipal> api =
        session.entra.find_service_principal_named(order.tenant.id, order.api.app_id);
    if (!api) return;
    std::vector<std::string> roles;
    for (const AppRoleAssignment& given : session.entra.app_roles_of(object_id))
        if (given.resource_id == api->id && !given.app_role_value.empty())
            roles.push_back(given.app_role_value);
    claims.add_unless_empty("roles", roles);
}

// Resource ids inside tokens have this segment in lower case (captured tokens).
std::string with_lower_groups_segment(const std::string& id) {
    const std::string segment = "/resourceGroups/";
    const std::string wanted = lower(segment);
    const size_t at = lower(id).find(wanted);
    return at == std::string::npos ? id : id.substr(0, at) + wanted + id.substr(at + segment.size());
}

}  // namespace

std::chrono::seconds lifetime_of(const ServicePrincipal& principal) {
    return principal.type == "ManagedIdentity" ? managed_identity_lifetime : ordinary_lifetime;
}

TokenClaims app_claims(Session& session, const TokenOrder& order, const ServicePrincipal& principal) {
    Claims claims(session, order, lifetime_of(principal));
    claims.add("idtyp", "app");
    claims.add("oid", principal.id);
    claims.add("sub", principal.id);
    add_groups(session, claims, order.api, principal.id);
    add_app_roles(session, claims, order, principal.id);
    add_directory_roles(session, claims, order, principal.id, any_application);
    if (!principal.resource_id.empty()) {
        claims.add("xms_idrel", managed_identity_relation);
        claims.add("xms_mirid", with_lower_groups_segment(principal.resource_id));
        // Sources disagree about this claim in the tokens of system-assigned identities; all have it for
        // user-assigned.
        if (principal.user_assigned && !order.host_id.empty())
            claims.add("xms_az_rid", with_lower_groups_segment(order.host_id));
    }
    if (order.api.token_version == 2) claims.become_version_2(order);
    return claims.finish();
}

TokenClaims user_claims(Session& session, const TokenOrder& order, const User& user) {
    Claims claims(session, order, ordinary_lifetime);
    claims.add("acr", "1");
    claims.add_unless_empty("amr", std::vector<std::string>{"pwd"});
    claims.add_unless_empty("given_name", user.given_name);
    claims.add_unless_empty("family_name", user.surname);
    claims.add("idtyp", "user");
    claims.add("name", user.display_name);
    claims.add("oid", user.id);
    claims.add("scp", "user_impersonation");
    // A user's subject differs from API to API.
    claims.add("sub", base64url(crypto::sha256(user.id + order.api.app_id)));
    claims.add("unique_name", user.user_principal_name);
    claims.add("upn", user.user_principal_name);
    add_groups(session, claims, order.api, user.id);
    add_app_roles(session, claims, order, user.id);
    add_directory_roles(session, claims, order, user.id, any_user);
    if (order.api.token_version == 2) {
        claims.become_version_2(order);
        claims.add("preferred_username", user.user_principal_name);
    }
    return claims.finish();
}

}  // namespace azid::entra
