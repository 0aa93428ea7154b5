#include "core/entra/deleted_items.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/application_wire.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/registration_ports.hpp"
#include "core/entra/rights.hpp"
#include "core/entra/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::entra {

namespace {

struct Manager {
    std::string_view type;
    Right right;
};
constexpr Manager managers[] = {{"application", Right::manage_applications},
                                {"group", Right::manage_groups},
                                {"servicePrincipal", Right::manage_applications},
                                {"user", Right::manage_users}};

void keep(Session& session, std::string_view type, const std::string& id, const std::string& tenant,
          const Json& shown) {
    session.entra.registrations().set_aside({id, tenant, std::string(type), session.now, compact(shown)});
}

Json wire(const DeletedObject& object) {
    Json body{{"@odata.type", "#microsoft.graph." + object.type}};
    body.update(Json::parse(object.shown));
    body["deletedDateTime"] = utc_seconds(object.deleted);
    return body;
}

std::vector<DeletedObject> known(Session& session) {
    std::vector<DeletedObject> found =
        session.entra.registrations().deleted_objects(session.caller.tenant_id);
    std::erase_if(found,
                  [&](const DeletedObject& one) { return one.deleted + deleted_items_kept <= session.now; });
    return found;
}

std::optional<DeletedObject> find(Session& session, std::string_view id) {
    for (DeletedObject& one : known(session))
        if (iequals(one.id, id)) return std::move(one);
    return {};
}

DeletedObject to_change(Session& session, std::string_view id) {
    const std::optional<DeletedObject> found = find(session, id);
    for (const Manager& manager : managers)
        if (found ? manager.type == found->type : manager.type == "user")
            require_right(session, manager.right);
    if (!found) throw missing_object_of_change(id);
    if (text_at(Json::parse(found->shown), "servicePrincipalType") == "ManagedIdentity")
        throw Error(
            fault::graph_bad_request,
            "The service principal of a managed identity can be neither restored nor removed: it went with "
            "its resource.");
    return *found;
}

void refuse_conflict(bool taken, std::string_view property) {
    if (taken)
        throw Error(
            fault::graph_conflict,
            fmt::format("Another object with the same value for property {} already exists.", property));
}

// What may be there only once must be free.
void check_free(Session& session, const DeletedObject& object) {
    const Json shown = Json::parse(object.shown);
    const std::string& tenant = object.tenant_id;
    if (object.type == "user")
        refuse_conflict(session.entra.find_user(tenant, text_at(shown, "userPrincipalName")).has_value(),
                        "userPrincipalName");
    if (object.type == "servicePrincipal")
        refuse_conflict(
            session.entra.find_service_principal_named(tenant, text_at(shown, "appId")).has_value(), "appId");
    if (object.type == "application")
        for (const Json& uri : shown.value("identifierUris", Json::array()))
            refuse_conflict(session.entra.find_application(tenant, uri.get<std::string>()).has_value(),
                            "identifierUris");
}

}  // namespace

void set_aside(Session& session, const User& user) {
    keep(session, "user", user.id, user.tenant_id, wire(user));
}

void set_aside(Session& session, const DirectoryGroup& group) {
    keep(session, "group", group.id, group.tenant_id, wire(group));
}

void set_aside(Session& session, const Application& application) {
    keep(session, "application", application.id, application.tenant_id, wire(session, application));
}

void set_aside(Session& session, const ServicePrincipal& principal) {
    keep(session, "servicePrincipal", principal.id, principal.tenant_id, wire(session, principal));
}

std::vector<Json> deleted_items(Session& session, std::string_view type) {
    require_right(session, Right::read);
    std::vector<Json> found;
    for (const DeletedObject& one : known(session))
        if (type.empty() || one.type == type) found.push_back(wire(one));
    return found;
}

Json deleted_item(Session& session, std::string_view id) {
    require_right(session, Right::read);
    const std::optional<DeletedObject> found = find(session, id);
    if (!found) throw missing_object(id);
    return wire(*found);
}

Json restore_deleted_item(Session& session, std::string_view id) {
    const DeletedObject object = to_change(session, id);
    check_free(session, object);
    session.entra.registrations().bring_back(object.id);
    session.note("entra", object.type + " restored", object.id);
    return wire_of_any(session, object.id);
}

void purge_deleted_item(Session& session, std::string_view id) {
    const DeletedObject object = to_change(session, id);
    session.entra.registrations().erase_deleted_object(object.id);
    session.note("entra", object.type + " removed for good", object.id);
}

}  // namespace azid::entra
