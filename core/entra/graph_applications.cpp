// Applications of Microsoft Graph, their credentials and owners.
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/http.hpp"
#include "core/base/text.hpp"
#include "core/entra/application_wire.hpp"
#include "core/entra/applications.hpp"
#include "core/entra/credentials.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/federated_identities.hpp"
#include "core/entra/graph_call.hpp"
#include "core/entra/owners.hpp"
#include "core/entra/permission_grants.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::entra {

namespace {

// By object id, or "appId='...'" of the alternative key; given as the object id.
std::string object_id(const GraphCall& call) {
    const std::string& id = call.holes[0];
    if (!istarts_with(id, "appId=")) return id;
    const std::string app_id = replace_all(id.substr(6), "'", "");
    const std::optional<Application> found =
        call.session.entra.find_application(call.session.caller.tenant_id, app_id);
    if (!found || !iequals(found->app_id, app_id)) throw missing_object(app_id);
    return found->id;
}

GraphAnswer list_applications(const GraphCall& call) {
    std::vector<Json> items;
    for (const Application& one : applications(call.session)) items.push_back(wire(call.session, one));
    return list_answer(call, "applications", std::move(items));
}

GraphAnswer show_application(const GraphCall& call) {
    return entity_answer(call, "applications",
                         wire(call.session, application(call.session, object_id(call))));
}

GraphAnswer make_application(const GraphCall& call) {
    return answer_of(
        201, entity("applications", wire(call.session, create_application(call.session, call.body()))));
}

GraphAnswer change_application(const GraphCall& call) {
    update_application(call.session, object_id(call), call.body());
    return nothing();
}

GraphAnswer drop_application(const GraphCall& call) {
    delete_application(call.session, object_id(call));
    return nothing();
}

// Credentials

const Json& member_of(const Json& body, const char* member) {
    const auto found = body.find(member);
    if (found == body.end() || !found->is_object())
        throw Error(fault::graph_bad_request, fmt::format("A value is required for parameter '{}'.", member));
    return *found;
}

GraphAnswer put_password(const GraphCall& call) {
    const Application owner = application_to_change(call.session, object_id(call));
    const Json body = call.body();
    const Json made = add_password(call.session, owner.id, body.value("passwordCredential", Json::object()));
    return answer_of(200, typed("microsoft.graph.passwordCredential", made));
}

GraphAnswer drop_password(const GraphCall& call) {
    const Application owner = application_to_change(call.session, object_id(call));
    remove_password(call.session, owner.id, text_at(call.body(), "keyId"));
    return nothing();
}

GraphAnswer put_key(const GraphCall& call) {
    const Application owner = application(call.session, object_id(call));
    const Json body = call.body();
    const Json made =
        add_key(call.session, owner.id, member_of(body, "keyCredential"), text_at(body, "proof"));
    return answer_of(200, typed("microsoft.graph.keyCredential", made));
}

GraphAnswer drop_key(const GraphCall& call) {
    const Application owner = application(call.session, object_id(call));
    const Json body = call.body();
    remove_key(call.session, owner.id, text_at(body, "keyId"), text_at(body, "proof"));
    return nothing();
}

// Federated identity credentials

std::string federated_set(const std::string& id) {
    return fmt::format("applications('{}')/federatedIdentityCredentials", id);
}

GraphAnswer list_federated(const GraphCall& call) {
    const std::string id = object_id(call);
    std::vector<Json> items;
    for (const FederatedIdentity& one : federated_identities(call.session, id)) items.push_back(wire(one));
    return list_answer(call, federated_set(id), std::move(items));
}

GraphAnswer show_federated(const GraphCall& call) {
    const std::string id = object_id(call);
    return entity_answer(call, federated_set(id), wire(federated_identity(call.session, id, call.holes[1])));
}

GraphAnswer make_federated(const GraphCall& call) {
    const std::string id = object_id(call);
    return answer_of(
        201, entity(federated_set(id), wire(create_federated_identity(call.session, id, call.body()))));
}

GraphAnswer change_federated(const GraphCall& call) {
    update_federated_identity(call.session, object_id(call), call.holes[1], call.body());
    return nothing();
}

GraphAnswer drop_federated(const GraphCall& call) {
    delete_federated_identity(call.session, object_id(call), call.holes[1]);
    return nothing();
}

// Owners

GraphAnswer objects_answer(const GraphCall& call, const std::vector<std::string>& ids) {
    std::vector<Json> items;
    for (const std::string& id : ids)
        if (Json object = wire_of_any(call.session, id); !object.is_null())
            items.push_back(std::move(object));
    return list_answer(call, "directoryObjects", std::move(items));
}

std::string referred(const GraphCall& call) {
    const std::string reference = text_at(call.body(), "@odata.id");
    if (reference.empty())
        throw Error(fault::graph_bad_request,
                    "A value is required for property '@odata.id' of the reference.");
    return reference.substr(reference.rfind('/') + 1);
}

GraphAnswer list_owners(const GraphCall& call) {
    const Application owned = application(call.session, object_id(call));
    return objects_answer(call, owners(call.session, owned.id));
}

GraphAnswer put_owner(const GraphCall& call) {
    const Application owned = application_to_change(call.session, object_id(call));
    add_owner(call.session, owned.id, referred(call), Right::manage_applications);
    return nothing();
}

GraphAnswer drop_owner(const GraphCall& call) {
    const Application owned = application_to_change(call.session, object_id(call));
    remove_owner(call.session, owned.id, call.holes[1], Right::manage_applications);
    return nothing();
}

GraphAnswer list_group_owners(const GraphCall& call) {
    return objects_answer(call, owners(call.session, group(call.session, call.holes[0]).id));
}

GraphAnswer put_group_owner(const GraphCall& call) {
    add_owner(call.session, group(call.session, call.holes[0]).id, referred(call), Right::manage_groups);
    return nothing();
}

GraphAnswer drop_group_owner(const GraphCall& call) {
    remove_owner(call.session, group(call.session, call.holes[0]).id, call.holes[1], Right::manage_groups);
    return nothing();
}

GraphAnswer list_owned(const GraphCall& call) {
    return objects_answer(call, owned_objects(call.session, signed_in_user(call.session).id));
}

// Consent to delegated permissions

GraphAnswer list_grants(const GraphCall& call) {
    std::vector<Json> items;
    for (const PermissionGrant& one : permission_grants(call.session)) items.push_back(wire(one));
    return list_answer(call, "oauth2PermissionGrants", std::move(items));
}

GraphAnswer make_grant(const GraphCall& call) {
    return answer_of(
        201, entity("oauth2PermissionGrants", wire(create_permission_grant(call.session, call.body()))));
}

GraphAnswer change_grant(const GraphCall& call) {
    update_permission_grant(call.session, call.holes[0], text_at(call.body(), "scope"));
    return nothing();
}

GraphAnswer drop_grant(const GraphCall& call) {
    delete_permission_grant(call.session, call.holes[0]);
    return nothing();
}

constexpr GraphRoute routes[] = {
    {"GET", "applications", list_applications},
    {"POST", "applications", make_application},
    {"GET", "applications/{}", show_application},
    {"PATCH", "applications/{}", change_application},
    {"DELETE", "applications/{}", drop_application},
    {"POST", "applications/{}/addPassword", put_password},
    {"POST", "applications/{}/removePassword", drop_password},
    {"POST", "applications/{}/addKey", put_key},
    {"POST", "applications/{}/removeKey", drop_key},
    {"GET", "applications/{}/federatedIdentityCredentials", list_federated},
    {"POST", "applications/{}/federatedIdentityCredentials", make_federated},
    {"GET", "applications/{}/federatedIdentityCredentials/{}", show_federated},
    {"PATCH", "applications/{}/federatedIdentityCredentials/{}", change_federated},
    {"DELETE", "applications/{}/federatedIdentityCredentials/{}", drop_federated},
    {"GET", "applications/{}/owners", list_owners},
    {"POST", "applications/{}/owners/$ref", put_owner},
    {"DELETE", "applications/{}/owners/{}/$ref", drop_owner},
    {"GET", "groups/{}/owners", list_group_owners},
    {"POST", "groups/{}/owners/$ref", put_group_owner},
    {"DELETE", "groups/{}/owners/{}/$ref", drop_group_owner},
    {"GET", "me/ownedObjects", list_owned},
    {"GET", "oauth2PermissionGrants", list_grants},
    {"POST", "oauth2PermissionGrants", make_grant},
    {"PATCH", "oauth2PermissionGrants/{}", change_grant},
    {"DELETE", "oauth2PermissionGrants/{}", drop_grant},
};

}  // namespace

std::span<const GraphRoute> application_routes() { return routes; }

}  // namespace azid::entra
