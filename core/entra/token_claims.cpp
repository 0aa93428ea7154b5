#include "core/entra/token_claims.hpp"

#include "core/base/base64.hpp"
#include "core/base/random.hpp"
#include "core/base/session.hpp"
#include "core/base/text.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace azid::entra {

namespace {

// Role template ids that Graph tokens carry besides given roles: every app's, and every member user's.
constexpr const char* any_application = "0997a1d0-0d1d-4acb-b408-d5ca73121e90";
constexpr const char* any_user = "b79fbf4d-3ef9-4689-8143-76b194e85509";
// Relation of the identity to the one who asks; the numbers' meaning is not published.
constexpr const char* managed_identity_relation = "7 18";

std::string opaque(Session& session, size_t bytes) { return base64url(session.random.bytes(bytes)); }

// Members in the order of Microsoft's tokens: who and when first, then alphabetically.
class Claims {
  public:
    Claims(Session& session, const TokenOrder& order, std::chrono::seconds lifetime) {
        const std::string issuer = fmt::format("https://sts.windows.net/{}/", order.tenant.id);
        const std::int64_t issued = unix_seconds(session.now - token_back_dating);
        const std::int64_t expires = unix_seconds(session.now + lifetime);
        json_ = Json{
            {"aud", order.resource}, {"iss", issuer}, {"iat", issued}, {"nbf", issued}, {"exp", expires}};
        sorted_ = {{"idp", issuer}, {"tid", order.tenant.id}, {"ver", "1.0"}};
        sorted_["aio"] = base64(session.random.bytes(24));
        sorted_["rh"] = fmt::format("1.A{}.", opaque(session, 30));
        sorted_["uti"] = opaque(session, 16);
        sorted_["appid"] = order.client_id;
        sorted_["appidacr"] = std::to_string(static_cast<int>(order.proof));
    }

    // What an API that asks for version 2.0 gets instead.
    void become_version_2(const TokenOrder& order) {
        json_["aud"] = order.api.app_id;
        json_["iss"] = fmt::format("https://login.microsoftonline.com/{}/v2.0", order.tenant.id);
        for (const char* name : {"idp", "idtyp", "appid", "appidacr", "unique_name", "upn"})
            sorted_.erase(name);
        sorted_["azp"] = order.client_id;
        sorted_["azpacr"] = std::to_string(static_cast<int>(order.proof));
        sorted_["ver"] = "2.0";
    }

    void add(const std::string& name, Json value) { sorted_[name] = std::move(value); }
    void add_unless_empty(const std::string& name, Json value) {
        if (!(value.empty() || (value.is_string() && value.get_ref<const std::string&>().empty())))
            add(name, std::move(value));
    }

    Json finish() {
        for (auto& [name, value] : sorted_) json_[name] = std::move(value);
        return std::move(json_);
    }

  private:
    Json json_;
    std::map<std::string, Json> sorted_;
};

bool decides_by_groups(const Api& api) {
    return api.kind == ApiKind::resource_manager || api.kind == ApiKind::key_vault ||
           api.kind == ApiKind::storage;
}

void add_groups(Session& session, Claims& claims, const Api& api, const std::string& object_id) {
    if (decides_by_groups(api))
        claims.add_unless_empty("groups", Json(session.entra.transitive_groups(object_id)));
}

void add_directory_roles(Session& session, Claims& claims, const TokenOrder& order,
                         const std::string& object_id, const char* everyone) {
    if (order.api.kind != ApiKind::graph) return;
    Json roles = Json::array();
    for (const DirectoryRoleAssignment& given : session.entra.directory_roles(order.tenant.id))
        if (given.principal_id == object_id) roles.push_back(given.role_template_id);
    roles.push_back(everyone);
    claims.add("wids", std::move(roles));
}

void add_app_roles(Session& session, Claims& claims, const TokenOrder& order, const std::string& object_id) {
    const std::optional<ServicePrincipal> api =
        session.entra.find_service_principal_named(order.tenant.id, order.api.app_id);
    if (!api) return;
    Json roles = Json::array();
    for (const AppRoleAssignment& given : session.entra.app_roles_of(object_id))
        if (given.resource_id == api->id && !given.app_role_value.empty())
            roles.push_back(given.app_role_value);
    claims.add_unless_empty("roles", std::move(roles));
}

// Resource ids inside tokens have this segment in lower case (captured tokens).
std::string with_lower_groups_segment(const std::string& id) {
    const std::string segment = "/resourceGroups/";
    const size_t at = lower(id).find(lower(segment));
    return at == std::string::npos ? id : id.substr(0, at) + lower(segment) + id.substr(at + segment.size());
}

}  // namespace

std::chrono::seconds lifetime_of(const ServicePrincipal& principal) {
    return principal.type == "ManagedIdentity" ? managed_identity_lifetime : ordinary_lifetime;
}

Json app_claims(Session& session, const TokenOrder& order, const ServicePrincipal& principal) {
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

Json user_claims(Session& session, const TokenOrder& order, const User& user) {
    Claims claims(session, order, ordinary_lifetime);
    claims.add("acr", "1");
    claims.add("amr", Json::array({"pwd"}));
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
