// Service principals, directory roles and app roles of Microsoft Graph.
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/http.hpp"
#include "core/base/text.hpp"
#include "core/entra/credentials.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/directory_roles.hpp"
#include "core/entra/graph_call.hpp"
#include "core/entra/owners.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/replication.hpp"
#include "core/entra/rights.hpp"
#include "core/entra/service_principals.hpp"
#include "core/entra/wire.hpp"
#include "core/msi/certificates.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::entra {

namespace {

// By object id, or "appId='...'" of the alternative key.
ServicePrincipal principal_of(const GraphCall& call) {
    const std::string& id = call.holes[0];
    if (!istarts_with(id, "appId=")) return service_principal(call.session, id);
    require_right(call.session, Right::read);
    const std::string app_id = replace_all(id.substr(6), "'", "");
    const std::optional<ServicePrincipal> found = visible_service_principal_named(call.session, app_id);
    if (!found) throw missing_object(app_id);
    return *found;
}

GraphAnswer list_principals(const GraphCall& call) {
    std::vector<Json> items;
    for (const ServicePrincipal& principal : service_principals(call.session))
        items.push_back(wire(call.session, principal));
    return list_answer(call, "servicePrincipals", std::move(items));
}

GraphAnswer show_principal(const GraphCall& call) {
    const ServicePrincipal principal = principal_of(call);
    if (!principal.resource_id.empty()) msi::ensure_certificates(call.session, principal);
    return entity_answer(call, "servicePrincipals", wire(call.session, principal));
}

GraphAnswer drop_principal(const GraphCall& call) {
    delete_service_principal(call.session, call.holes[0]);
    return nothing();
}

GraphAnswer make_principal(const GraphCall& call) {
    const ServicePrincipal made = create_service_principal(call.session, call.body());
    return answer_of(201, entity("servicePrincipals", wire(call.session, made)));
}

GraphAnswer change_principal(const GraphCall& call) {
    update_service_principal(call.session, call.holes[0], call.body());
    return nothing();
}

// A managed identity's credentials are its resource provider's business alone.
ServicePrincipal with_credentials(const GraphCall& call) {
    const ServicePrincipal principal = service_principal_to_change(call.session, call.holes[0]);
    if (principal.type == "ManagedIdentity")
        throw Error(fault::graph_bad_request,
                    "Credentials of a managed identity's service principal cannot be changed: the managed "
                    "identity resource provider rolls them.");
    return principal;
}

GraphAnswer put_password(const GraphCall& call) {
    const ServicePrincipal owner = with_credentials(call);
    const Json made =
        add_password(call.session, owner.id, call.body().value("passwordCredential", Json::object()));
    return answer_of(200, typed("microsoft.graph.passwordCredential", made));
}

GraphAnswer drop_password(const GraphCall& call) {
    remove_password(call.session, with_credentials(call).id, text_at(call.body(), "keyId"));
    return nothing();
}

GraphAnswer put_key(const GraphCall& call) {
    const Json body = call.body();
    const Json made = add_key(call.session, with_credentials(call).id,
                              body.value("keyCredential", Json::object()), text_at(body, "proof"));
    return answer_of(200, typed("microsoft.graph.keyCredential", made));
}

GraphAnswer drop_key(const GraphCall& call) {
    const Json body = call.body();
    remove_key(call.session, with_credentials(call).id, text_at(body, "keyId"), text_at(body, "proof"));
    return nothing();
}

GraphAnswer list_principal_owners(const GraphCall& call) {
    std::vector<Json> items;
    for (const std::string& id : owners(call.session, principal_of(call).id))
        if (Json object = wire_of_any(call.session, id); !object.is_null())
            items.push_back(std::move(object));
    return list_answer(call, "directoryObjects", std::move(items));
}

GraphAnswer role_items(const GraphCall& call, const std::vector<AppRoleAssignment>& given) {
    std::vector<Json> items;
    for (const AppRoleAssignment& one : given) items.push_back(wire(call.session, one));
    return list_answer(call, "appRoleAssignments", std::move(items));
}

GraphAnswer list_app_roles(const GraphCall& call) {
    return role_items(call, app_role_assignments(call.session, principal_of(call).id));
}

GraphAnswer list_users_app_roles(const GraphCall& call) {
    return role_items(call, app_role_assignments(call.session, user(call.session, call.holes[0]).id));
}

GraphAnswer list_app_roles_given(const GraphCall& call) {
    return role_items(call, app_role_assignments_in(call.session, principal_of(call).id));
}

GraphAnswer put_app_role(const GraphCall& call) {
    const Json body = call.body();
    const AppRoleAssignment given = give_app_role(call.session, text_at(body, "principalId"),
                                                  text_at(body, "resourceId"), text_at(body, "appRoleId"));
    return answer_of(201, entity("appRoleAssignments", wire(call.session, given)));
}

// The path's object must be one of the two that the assignment ties.
AppRoleAssignment app_role_of(const GraphCall& call) {
    const std::string object = directory_object(call.session, call.holes[0]).id;
    for (const auto& list :
         {call.session.entra.app_roles_of(object), call.session.entra.app_roles_in(object)})
        for (const AppRoleAssignment& one : list)
            if (one.id == call.holes[1]) return one;
    throw missing_object_of_change(call.holes[1]);
}

GraphAnswer show_app_role(const GraphCall& call) {
    return entity_answer(call, "appRoleAssignments", wire(call.session, app_role_of(call)));
}

GraphAnswer drop_app_role(const GraphCall& call) {
    take_app_role(call.session, app_role_of(call).id);
    return nothing();
}

// roleManagement/directory

GraphAnswer list_role_assignments(const GraphCall& call) {
    std::vector<Json> items;
    for (const DirectoryRoleAssignment& given : directory_role_assignments(call.session))
        items.push_back(wire(given));
    return list_answer(call, "roleManagement/directory/roleAssignments", std::move(items));
}

GraphAnswer show_role_assignment(const GraphCall& call) {
    return entity_answer(call, "roleManagement/directory/roleAssignments",
                         wire(directory_role_assignment(call.session, call.holes[0])));
}

GraphAnswer put_role_assignment(const GraphCall& call) {
    const Json body = call.body();
    const DirectoryRoleAssignment given =
        give_directory_role(call.session, text_at(body, "principalId"), text_at(body, "roleDefinitionId"),
                            body.contains("directoryScopeId") ? text_at(body, "directoryScopeId") : "/");
    return answer_of(201, entity("roleManagement/directory/roleAssignments", wire(given)));
}

GraphAnswer drop_role_assignment(const GraphCall& call) {
    take_directory_role(call.session, call.holes[0]);
    return nothing();
}

Json role_definition(const DirectoryRole& role) {
    return {{"id", role.template_id},
            {"description", nullptr},
            {"displayName", role.name},
            {"isBuiltIn", true},
            {"isEnabled", true},
            {"resourceScopes", Json::array({"/"})},
            {"templateId", role.template_id},
            {"version", "1"}};
}

GraphAnswer list_role_definitions(const GraphCall& call) {
    require_right(call.session, Right::read);
    std::vector<Json> items;
    for (const DirectoryRole& role : directory_roles()) items.push_back(role_definition(role));
    return list_answer(call, "roleManagement/directory/roleDefinitions", std::move(items));
}

GraphAnswer show_role_definition(const GraphCall& call) {
    require_right(call.session, Right::read);
    const DirectoryRole* role = find_directory_role(call.holes[0]);
    if (role == nullptr) throw missing_object(call.holes[0]);
    return entity_answer(call, "roleManagement/directory/roleDefinitions", role_definition(*role));
}

constexpr GraphRoute principals[] = {
    {"GET", "servicePrincipals", list_principals},
    {"GET", "servicePrincipals/{}", show_principal},
    {"DELETE", "servicePrincipals/{}", drop_principal},
    {"POST", "servicePrincipals", make_principal},
    {"PATCH", "servicePrincipals/{}", change_principal},
    {"POST", "servicePrincipals/{}/addPassword", put_password},
    {"POST", "servicePrincipals/{}/removePassword", drop_password},
    {"POST", "servicePrincipals/{}/addKey", put_key},
    {"POST", "servicePrincipals/{}/removeKey", drop_key},
    {"GET", "servicePrincipals/{}/owners", list_principal_owners},
    {"GET", "servicePrincipals/{}/appRoleAssignments", list_app_roles},
    {"POST", "servicePrincipals/{}/appRoleAssignments", put_app_role},
    {"GET", "servicePrincipals/{}/appRoleAssignments/{}", show_app_role},
    {"DELETE", "servicePrincipals/{}/appRoleAssignments/{}", drop_app_role},
    {"GET", "servicePrincipals/{}/appRoleAssignedTo", list_app_roles_given},
    {"POST", "servicePrincipals/{}/appRoleAssignedTo", put_app_role},
    {"GET", "servicePrincipals/{}/appRoleAssignedTo/{}", show_app_role},
    {"DELETE", "servicePrincipals/{}/appRoleAssignedTo/{}", drop_app_role},
    {"GET", "users/{}/appRoleAssignments", list_users_app_roles},
    {"POST", "users/{}/appRoleAssignments", put_app_role},
    {"DELETE", "users/{}/appRoleAssignments/{}", drop_app_role},
};

constexpr GraphRoute roles[] = {
    {"GET", "roleManagement/directory/roleAssignments", list_role_assignments},
    {"POST", "roleManagement/directory/roleAssignments", put_role_assignment},
    {"GET", "roleManagement/directory/roleAssignments/{}", show_role_assignment},
    {"DELETE", "roleManagement/directory/roleAssignments/{}", drop_role_assignment},
    {"GET", "roleManagement/directory/roleDefinitions", list_role_definitions},
    {"GET", "roleManagement/directory/roleDefinitions/{}", show_role_definition},
};

}  // namespace

std::span<const GraphRoute> service_principal_routes() { return principals; }
std::span<const GraphRoute> role_routes() { return roles; }

}  // namespace azid::entra
