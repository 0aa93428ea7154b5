#include "core/entra/applications.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/http.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/application_wire.hpp"
#include "core/entra/credentials.hpp"
#include "core/entra/deleted_items.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/owners.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"
#include "core/entra/service_principals.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace azid::entra {

namespace {

[[noreturn]] void refuse(std::string message) { throw Error(fault::graph_bad_request, std::move(message)); }

// What Graph computes, and takes from nobody.
constexpr std::array read_only{"id",
                               "appId",
                               "applicationTemplateId",
                               "certification",
                               "createdDateTime",
                               "deletedDateTime",
                               "disabledByMicrosoftStatus",
                               "publisherDomain"};

constexpr std::array audiences{"AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount",
                               "PersonalMicrosoftAccount"};

// "https://..." belongs to a domain of the tenant; "api://..." and other schemes are free.
void check_domain(Session& session, const std::string& uri) {
    if (!istarts_with(uri, "https://") && !istarts_with(uri, "http://")) return;
    const std::string host = http::request_to(uri).host;
    const std::optional<Tenant> tenant = session.entra.find_tenant(session.caller.tenant_id);
    const std::string domain = tenant ? lower(tenant->default_domain) : std::string();
    if (host == domain || host.ends_with("." + domain)) return;
    refuse(
        fmt::format("Values of identifierUris property must use a verified domain of the organization or "
                    "its subdomain: '{}'",
                    uri));
}

std::vector<std::string> identifier_uris_in(Session& session, const Json& value, const std::string& own_id) {
    std::vector<std::string> uris;
    if (!value.is_array()) refuse("Property identifierUris is a collection of texts.");
    for (const Json& item : value) {
        const std::string uri = item.is_string() ? item.get<std::string>() : std::string();
        if (uri.find("://") == std::string::npos && !istarts_with(uri, "urn:"))
            refuse("Property identifierUris is invalid: every value is an absolute URI.");
        check_domain(session, uri);
        const std::optional<Application> other =
            session.entra.find_application(session.caller.tenant_id, uri);
        if (other && other->id != own_id)
            refuse("Another object with the same value for property identifierUris already exists.");
        uris.push_back(uri);
    }
    return uris;
}

void check_app_role(const Json& role, const Json& others) {
    if (!role.is_object() || !is_guid(text_at(role, "id")))
        refuse("A value is required for property 'id' of resource 'AppRole': a GUID.");
    for (const char* name : {"displayName", "description"})
        if (text_at(role, name).empty())
            refuse(fmt::format("A value is required for property '{}' of resource 'AppRole'.", name));
    const Json* types = find(role, "allowedMemberTypes");
    if (types == nullptr || !types->is_array() || types->empty())
        refuse("A value is required for property 'allowedMemberTypes' of resource 'AppRole'.");
    for (const Json& type : *types)
        if (type != "User" && type != "Application")
            refuse(
                "Invalid value for property 'allowedMemberTypes' of resource 'AppRole': User, Application.");
    for (const Json& other : others) {
        if (iequals(text_at(other, "id"), text_at(role, "id")))
            refuse("Permission Entitlement Ids must be unique.");
        if (!text_at(role, "value").empty() && text_at(other, "value") == text_at(role, "value"))
            refuse(fmt::format("It contains duplicate value. Please Provide unique value. ('{}')",
                               text_at(role, "value")));
    }
}

std::string app_roles_in(const Json& value) {
    if (!value.is_array()) refuse("Property appRoles is a collection of app roles.");
    Json roles = Json::array();
    for (const Json& item : value) {
        check_app_role(item, roles);
        const Json* enabled = find(item, "isEnabled");
        Json role{{"allowedMemberTypes", *find(item, "allowedMemberTypes")},
                  {"description", text_at(item, "description")},
                  {"displayName", text_at(item, "displayName")},
                  {"id", lower(text_at(item, "id"))},
                  {"isEnabled", enabled == nullptr || *enabled != false},
                  {"origin", "Application"},
                  {"value", text_at(item, "value").empty() ? Json(nullptr) : Json(text_at(item, "value"))}};
        roles.push_back(std::move(role));
    }
    return compact(roles);
}

void check_audience(const Json& value) {
    const bool known = value.is_string() && std::find(audiences.begin(), audiences.end(),
                                                      value.get_ref<const std::string&>()) != audiences.end();
    if (!known) refuse("Invalid value specified for property 'signInAudience' of resource 'Application'.");
}

std::string_view kind_of(const Json& value) {
    if (value.is_array()) return "a collection";
    if (value.is_object()) return "an object";
    return "a simple value";
}

// Members that the directory keeps as they are sent, if Graph has them and they have its form.
void keep_other(Session& session, Application& application, const std::string& name, const Json& value) {
    if (name == "signInAudience") check_audience(value);
    const Json shown = wire(session, application);
    if (!shown.contains(name)) refuse(fmt::format("Invalid property '{}'.", name));
    const Json& before = shown[name];
    const bool structured = before.is_array() || before.is_object();
    if (structured && !value.is_null() && kind_of(before) != kind_of(value))
        refuse(fmt::format("Property '{}' of resource 'Application' is {}.", name, kind_of(before)));
    Json change;
    change[name] = value;
    Json kept = application.properties.empty() ? Json::object() : Json::parse(application.properties);
    lay_over(kept, compact(change));
    application.properties = compact(kept);
}

// Credentials are the only members that stand in tables of their own: they need the application's id.
void take_member(Session& session, Application& application, const std::string& name, const Json& value) {
    if (name.starts_with('@')) return;
    if (std::find(read_only.begin(), read_only.end(), name) != read_only.end())
        refuse(fmt::format("Property '{}' is read-only and cannot be set.", name));
    if (name == "displayName") {
        if (!value.is_string() || value.get_ref<const std::string&>().empty())
            refuse("Invalid value specified for property 'displayName' of resource 'Application'.");
        application.display_name = value.get<std::string>();
    } else if (name == "identifierUris") {
        application.identifier_uris = identifier_uris_in(session, value, application.id);
    } else if (name == "appRoles") {
        application.app_roles = app_roles_in(value);
    } else if (name == "keyCredentials") {
        replace_keys(session, application.id, value);
    } else if (name == "passwordCredentials") {
        keep_passwords(session, application.id, value);
    } else {
        keep_other(session, application, name, value);
    }
}

void take(Session& session, Application& application, const Json& body) {
    for (const auto& [name, value] : body.items()) take_member(session, application, name, value);
}

// A service principal is called as its application is.
void follow(Session& session, const Application& before, const Application& now) {
    std::optional<ServicePrincipal> principal =
        session.entra.find_service_principal_named(now.tenant_id, now.app_id);
    if (!principal || principal->app_id != now.app_id) return;
    if (principal->display_name == before.display_name) principal->display_name = now.display_name;
    principal->names = service_principal_names(now);
    session.entra.save(*principal);
}

bool is_ours(const Session& session, const std::optional<Application>& found, std::string_view object_id) {
    return found && iequals(found->tenant_id, session.caller.tenant_id) && iequals(found->id, object_id);
}

}  // namespace

Application application(Session& session, std::string_view object_id) {
    require_right(session, Right::read);
    const std::optional<Application> found =
        session.entra.find_application(session.caller.tenant_id, object_id);
    if (!is_ours(session, found, object_id)) throw missing_object(object_id);
    return *found;
}

Application application_to_change(Session& session, std::string_view object_id) {
    const std::optional<Application> found =
        session.entra.find_application(session.caller.tenant_id, object_id);
    if (!is_ours(session, found, object_id)) {
        require_right(session, Right::manage_applications);
        throw missing_object_of_change(object_id);
    }
    require_right_or_ownership(session, Right::manage_applications, found->id);
    return *found;
}

std::vector<Application> applications(Session& session) {
    require_right(session, Right::read);
    return session.entra.applications(session.caller.tenant_id);
}

Application create_application(Session& session, const Json& body) {
    if (!session.caller.is_user) require_right(session, Right::manage_applications);
    require_right(session, Right::read);
    if (text_at(body, "displayName").empty())
        refuse("A value is required for property 'displayName' of resource 'Application'.");
    Application made;
    made.id = new_guid(session.random);
    made.tenant_id = session.caller.tenant_id;
    made.app_id = new_guid(session.random);
    made.created = session.now;
    take(session, made, body);
    session.entra.save(made);
    own(session, made.id);
    session.note("entra", "application created", made.id, fmt::format(R"({{"appId":"{}"}})", made.app_id));
    return made;
}

void update_application(Session& session, std::string_view object_id, const Json& body) {
    const Application before = application_to_change(session, object_id);
    Application changed = before;
    take(session, changed, body);
    session.entra.save(changed);
    follow(session, before, changed);
    session.note("entra", "application updated", changed.id);
}

void delete_application(Session& session, std::string_view object_id) {
    const Application doomed = application_to_change(session, object_id);
    const std::optional<ServicePrincipal> principal =
        session.entra.find_service_principal_named(doomed.tenant_id, doomed.app_id);
    if (principal && principal->app_id == doomed.app_id) remove_principal(session, principal->id);
    set_aside(session, doomed);
    session.entra.erase_application(doomed.id);
    session.note("entra", "application deleted", doomed.id);
}

}  // namespace azid::entra
