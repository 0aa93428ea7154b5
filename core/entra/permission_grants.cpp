#include "core/entra/permission_grants.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/applications.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/directory_roles.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/registration_ports.hpp"
#include "core/entra/rights.hpp"
#include "core/entra/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace azid::entra {

namespace {

[[noreturn]] void refuse(std::string message) { throw Error(fault::graph_bad_request, std::move(message)); }

ServicePrincipal require_principal(Session& session, const std::string& object_id) {
    const std::optional<ServicePrincipal> found = session.entra.find_service_principal(object_id);
    if (!found || !iequals(found->tenant_id, session.caller.tenant_id))
        throw missing_object_of_change(object_id);
    return *found;
}

PermissionGrant find_grant(Session& session, std::string_view id) {
    for (PermissionGrant& one : session.entra.registrations().permission_grants())
        if (iequals(one.id, id)) return std::move(one);
    throw missing_object_of_change(id);
}

ServicePrincipal named(Session& session, const std::string& app_id, const char* what) {
    const std::optional<ServicePrincipal> found =
        session.entra.find_service_principal_named(session.caller.tenant_id, app_id);
    if (!found) refuse(fmt::format("The {} '{}' has no service principal in the tenant.", what, app_id));
    return *found;
}

// The names of the delegated permissions that the ids stand for.
std::string scope_values(const Json& api, const std::vector<std::string>& ids) {
    std::vector<std::string> values;
    for (const std::string& id : ids) {
        std::string value;
        for (const Json& scope : api["oauth2PermissionScopes"])
            if (iequals(text_at(scope, "id"), id)) value = text_at(scope, "value");
        if (value.empty())
            refuse(fmt::format("The API '{}' has no delegated permission '{}'.", text_at(api, "displayName"),
                               id));
        values.push_back(value);
    }
    return join(values, " ");
}

void consent_to_api(Session& session, const ServicePrincipal& client, const Json& access) {
    const ServicePrincipal api = named(session, text_at(access, "resourceAppId"), "API");
    const std::vector<AppRoleAssignment> given = session.entra.app_roles_of(client.id);
    std::vector<std::string> delegated;
    for (const Json& permission : access["resourceAccess"]) {
        const std::string id = text_at(permission, "id");
        if (!iequals(text_at(permission, "type"), "Role")) {
            delegated.push_back(id);
            continue;
        }
        const bool has = std::any_of(given.begin(), given.end(), [&](const AppRoleAssignment& one) {
            return one.resource_id == api.id && iequals(one.app_role_id, id);
        });
        if (!has) give_app_role(session, client.id, api.id, id);
    }
    if (delegated.empty()) return;
    create_permission_grant(session, Json{{"clientId", client.id},
                                          {"consentType", "AllPrincipals"},
                                          {"resourceId", api.id},
                                          {"scope", scope_values(wire(session, api), delegated)}});
}

}  // namespace

std::vector<PermissionGrant> permission_grants(Session& session) {
    require_right(session, Right::read);
    std::vector<PermissionGrant> all = session.entra.registrations().permission_grants();
    std::erase_if(all, [&](const PermissionGrant& one) {
        const std::optional<ServicePrincipal> client = session.entra.find_service_principal(one.client_id);
        return !client || !iequals(client->tenant_id, session.caller.tenant_id);
    });
    return all;
}

PermissionGrant create_permission_grant(Session& session, const Json& body) {
    require_right(session, Right::manage_applications);
    PermissionGrant grant;
    grant.id = base64url(session.random.bytes(32));
    grant.client_id = require_principal(session, text_at(body, "clientId")).id;
    grant.resource_id = require_principal(session, text_at(body, "resourceId")).id;
    grant.consent_type = text_at(body, "consentType");
    grant.principal_id = text_at(body, "principalId");
    grant.scope = text_at(body, "scope");
    if (grant.consent_type != "AllPrincipals" && grant.consent_type != "Principal")
        refuse("The consentType of a permission grant is 'AllPrincipals' or 'Principal'.");
    if ((grant.consent_type == "Principal") == grant.principal_id.empty())
        refuse("A permission grant has a principalId exactly where its consentType is 'Principal'.");
    if (!grant.principal_id.empty()) user(session, grant.principal_id);
    for (const PermissionGrant& other : session.entra.registrations().permission_grants())
        if (other.client_id == grant.client_id && other.resource_id == grant.resource_id &&
            other.principal_id == grant.principal_id)
            throw Error(fault::graph_conflict, "Permission entry already exists.");
    session.entra.registrations().save(grant);
    session.note("entra", "permission granted", grant.client_id);
    return grant;
}

void update_permission_grant(Session& session, std::string_view id, std::string_view scope) {
    require_right(session, Right::manage_applications);
    PermissionGrant grant = find_grant(session, id);
    grant.scope = scope;
    session.entra.registrations().save(grant);
}

void delete_permission_grant(Session& session, std::string_view id) {
    require_right(session, Right::manage_applications);
    session.entra.registrations().erase_permission_grant(find_grant(session, id).id);
}

void consent_to_all(Session& session, std::string_view application_id) {
    require_right(session, Right::manage_roles);
    const Application asking = application(session, application_id);
    const ServicePrincipal client = named(session, asking.app_id, "application");
    const std::vector<PermissionGrant> before = session.entra.registrations().permission_grants();
    for (const PermissionGrant& old : before)
        if (old.client_id == client.id && old.consent_type == "AllPrincipals")
            session.entra.registrations().erase_permission_grant(old.id);
    if (asking.properties.empty()) return;
    const Json properties = Json::parse(asking.properties);
    for (const Json& access : properties.value("requiredResourceAccess", Json::array()))
        consent_to_api(session, client, access);
}

}  // namespace azid::entra
