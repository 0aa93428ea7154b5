#include "core/entra/service_principals.hpp"

#include "core/arm/resource_id.hpp"
#include "core/arm/resources.hpp"
#include "core/base/derived.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/api.hpp"
#include "core/entra/credentials.hpp"
#include "core/entra/deleted_items.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/owners.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/replication.hpp"
#include "core/entra/rights.hpp"
#include "core/entra/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace azid::entra {

namespace {

// "/subscriptions/S/resourcegroups/G/...": the directory writes this one segment in lower case.
std::string directory_spelling(std::string_view resource_id) {
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(resource_id);
    std::string text = id ? id->text() : std::string(resource_id);
    return replace_all(std::move(text), "/resourceGroups/", "/resourcegroups/");
}

// "https://identity.azure.net/<32 bytes in base64>": a function of the resource id, the same when the
// resource is made again. Azure's own function is not known.
std::string identity_uri(std::string_view resource_id) {
    static constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string uri = "https://identity.azure.net/";
    for (const char byte : derived_bytes(lower(resource_id), 42))
        uri += letters[static_cast<unsigned char>(byte) % letters.size()];
    return uri + "A=";
}

[[noreturn]] void refuse(std::string message) { throw Error(fault::graph_bad_request, std::move(message)); }

// What a service principal is made for: an application of the tenant, or one of Microsoft's. No names: the
// tenant knows no such application.
struct Backing {
    std::string object_id;  // of the application registration; empty of Microsoft's
    std::string display_name;
    std::vector<std::string> names;
};

Backing backing_of(Session& session, const std::string& app_id) {
    const std::optional<Application> own_one =
        session.entra.find_application(session.caller.tenant_id, app_id);
    if (own_one && iequals(own_one->app_id, app_id))
        return {own_one->id, own_one->display_name, service_principal_names(*own_one)};
    const std::vector<std::string> identifiers = microsoft_identifiers(app_id);
    if (identifiers.empty()) return {};
    Backing backing{{}, microsoft_name(app_id), {lower(app_id)}};
    backing.names.insert(backing.names.end(), identifiers.begin(), identifiers.end());
    return backing;
}

// Graph computes them, and takes them from nobody.
constexpr std::array read_only{"id",
                               "addIns",
                               "appDescription",
                               "appDisplayName",
                               "appId",
                               "applicationTemplateId",
                               "appOwnerOrganizationId",
                               "createdDateTime",
                               "deletedDateTime",
                               "disabledByMicrosoftStatus",
                               "resourceSpecificApplicationPermissions",
                               "signInAudience",
                               "verifiedPublisher"};
// Recorded bodies of clients that send back what they have read hold them too; only a change is refused.
constexpr std::array from_the_application{
    "appRoles",    "oauth2PermissionScopes", "servicePrincipalType", "servicePrincipalNames",
    "displayName", "alternativeNames"};

template <class Names>
bool holds(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void take_member(Session& session, ServicePrincipal& principal, const std::string& name, const Json& value) {
    if (name.starts_with('@')) return;
    const bool managed = principal.type == "ManagedIdentity";
    if (name == "accountEnabled" && value.is_boolean()) {
        principal.enabled = value.get<bool>();
        return;
    }
    if (name == "keyCredentials" || name == "passwordCredentials") {
        if (managed)
            refuse(
                "Credentials of a managed identity's service principal cannot be changed: the managed "
                "identity resource provider rolls them.");
        name == "keyCredentials" ? replace_keys(session, principal.id, value)
                                 : keep_passwords(session, principal.id, value);
        return;
    }
    const Json shown = wire(session, principal);
    if (!shown.contains(name)) refuse(fmt::format("Invalid property '{}'.", name));
    if (shown[name] == value) return;
    if (holds(read_only, name) || holds(from_the_application, name) || (managed && name != "tags"))
        refuse(fmt::format("Property '{}' is read-only and cannot be set.", name));
    Json kept = principal.properties.empty() ? Json::object() : Json::parse(principal.properties);
    kept[name] = value;
    principal.properties = compact(kept);
}

}  // namespace

ServicePrincipal create_managed_identity_principal(Session& session, std::string_view resource_id,
                                                   std::string_view display_name, bool user_assigned) {
    ServicePrincipal principal;
    principal.id = new_guid(session.random);
    principal.tenant_id = arm::tenant_of(session, arm::subscription_of(resource_id));
    principal.app_id = new_guid(session.random);
    principal.display_name = display_name;
    principal.type = "ManagedIdentity";
    principal.resource_id = directory_spelling(resource_id);
    principal.user_assigned = user_assigned;
    principal.names = {principal.app_id, identity_uri(principal.resource_id)};
    principal.created = session.now;
    session.entra.save(principal);
    begin_replication(session, principal.id);
    session.note(
        "entra", "service principal created", principal.id,
        fmt::format(R"({{"clientId":"{}","resourceId":"{}"}})", principal.app_id, principal.resource_id));
    return principal;
}

void remove_principal(Session& session, std::string_view object_id) {
    const std::optional<ServicePrincipal> doomed = session.entra.find_service_principal(object_id);
    if (!doomed) return;
    set_aside(session, *doomed);
    session.entra.erase_service_principal(object_id);
    session.note("entra", "service principal removed", std::string(object_id));
}

std::vector<std::string> service_principal_names(const Application& application) {
    std::vector<std::string> names{application.app_id};
    names.insert(names.end(), application.identifier_uris.begin(), application.identifier_uris.end());
    return names;
}

ServicePrincipal service_principal_to_change(Session& session, std::string_view object_id) {
    const std::optional<ServicePrincipal> found = session.entra.find_service_principal(object_id);
    if (!found || !iequals(found->tenant_id, session.caller.tenant_id)) {
        require_right(session, Right::manage_applications);
        throw missing_object_of_change(object_id);
    }
    require_right_or_ownership(session, Right::manage_applications, found->id);
    return *found;
}

ServicePrincipal create_service_principal(Session& session, const Json& body) {
    const std::string app_id = text_at(body, "appId");
    if (app_id.empty()) refuse("A value is required for property 'appId' of resource 'ServicePrincipal'.");
    const Backing backing = backing_of(session, app_id);
    require_right_or_ownership(session, Right::manage_applications, backing.object_id);
    if (backing.names.empty())
        throw Error(fault::graph_no_application,
                    fmt::format("The appId '{}' of the service principal does not reference a valid "
                                "application object.",
                                app_id));
    if (session.entra.find_service_principal_named(session.caller.tenant_id, app_id))
        throw Error(fault::graph_conflict,
                    fmt::format("The service principal cannot be created, updated, or restored because the "
                                "service principal name {} is already in use.",
                                app_id));
    ServicePrincipal principal;
    principal.id = new_guid(session.random);
    principal.tenant_id = session.caller.tenant_id;
    principal.app_id = backing.names.front();
    principal.display_name = backing.display_name;
    principal.type = "Application";
    principal.names = backing.names;
    principal.created = session.now;
    for (const auto& [name, value] : body.items())
        if (name != "appId") take_member(session, principal, name, value);
    session.entra.save(principal);
    begin_replication(session, principal.id);
    own(session, principal.id);
    session.note("entra", "service principal created", principal.id,
                 fmt::format(R"({{"appId":"{}"}})", principal.app_id));
    return principal;
}

void update_service_principal(Session& session, std::string_view object_id, const Json& body) {
    ServicePrincipal principal = service_principal_to_change(session, object_id);
    for (const auto& [name, value] : body.items()) take_member(session, principal, name, value);
    session.entra.save(principal);
    session.note("entra", "service principal updated", principal.id);
}

void delete_service_principal(Session& session, std::string_view object_id) {
    const ServicePrincipal principal = service_principal_to_change(session, object_id);
    if (principal.type == "ManagedIdentity")
        refuse(fmt::format(
            "The service principal of a managed identity cannot be deleted here: it goes with its "
            "resource '{}'.",
            principal.resource_id));
    remove_principal(session, principal.id);
}

}  // namespace azid::entra
