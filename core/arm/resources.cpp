#include "core/arm/resources.hpp"

#include "core/arm/locations.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::arm {

namespace {

std::string text_or_empty(const Json* value) {
    return value == nullptr || value->is_null() ? std::string() : compact(*value);
}

Resource fresh(Session& session, const ResourceId& id) {
    Resource resource;
    resource.id = id;
    resource.created = session.now;
    resource.created_by = session.caller.object_id;
    resource.created_by_name = session.caller.name;
    resource.created_by_type = session.caller.is_user ? "User" : "Application";
    return resource;
}

std::string location_for(const Json& body, const Resource* before, const ResourceId& id) {
    std::string location = text_at(body, "location");
    if (location.empty() && before != nullptr) return before->location;
    if (location.empty())
        throw Error(fault::location_required,
                    fmt::format("The location property is required for this definition.", id.name()));
    location = normal_location(location);
    const bool anywhere = location == "global";
    if (!anywhere && find_location(location) == nullptr)
        throw Error(fault::location_not_available_for_type,
                    fmt::format("The provided location '{}' is not available for resource type '{}'. List of "
                                "available regions "
                                "for the resource type is '{}'.",
                                location, id.type(), location_names()));
    if (before != nullptr && before->location != location)
        throw Error(
            fault::invalid_resource_location,
            fmt::format("The resource '{}' already exists in location '{}' in resource group '{}'. A "
                        "resource with the "
                        "same name cannot be created in location '{}'. Please select a new resource name.",
                        id.name(), before->location, id.group(), location));
    return location;
}

void add_json(Json& object, const char* name, const std::string& text) {
    if (!text.empty()) object[name] = Json::parse(text);
}

}  // namespace

Subscription require_subscription(Session& session, std::string_view id) {
    std::optional<Subscription> found = session.arm.find_subscription(id);
    if (!found)
        throw Error(fault::subscription_not_found,
                    fmt::format("The subscription '{}' could not be found.", id));
    return *found;
}

Group require_group(Session& session, std::string_view subscription, std::string_view name) {
    std::optional<Group> found = session.arm.find_group(subscription, name);
    if (!found)
        throw Error(fault::resource_group_not_found,
                    fmt::format("Resource group '{}' could not be found.", name));
    return *found;
}

Resource require_resource(Session& session, const ResourceId& id) {
    std::optional<Resource> found = session.arm.find_resource(id);
    if (found) return *found;
    if (!id.group().empty()) require_group(session, id.subscription(), id.group());
    std::string path = id.provider();
    for (const auto& segment : id.segments()) path += "/" + segment.first + "/" + segment.second;
    const std::string what = id.segments().size() == 1 ? fmt::format("{}/{}", id.type(), id.name()) : path;
    throw Error(
        fault::resource_not_found,
        fmt::format(
            "The Resource '{}' under resource group '{}' was not found. For more details please go to "
            "https://aka.ms/ARMResourceNotFoundFix",
            what, id.group()));
}

Resource resource_from(Session& session, const ResourceId& id, const Json& body) {
    const std::optional<Resource> before = session.arm.find_resource(id);
    Resource resource = before ? *before : fresh(session, id);
    if (!before) {
        if (!id.group().empty()) {
            const Group group = require_group(session, id.subscription(), id.group());
            resource.id = ResourceId(group.subscription, group.name, id.provider(), id.segments());
        }
        const std::optional<ResourceId> parent = resource.id.parent();
        if (parent && !session.arm.find_resource(*parent))
            throw Error(
                fault::parent_resource_not_found,
                fmt::format(
                    "Can not perform requested operation on nested resource. Parent resource '{}' not found.",
                    parent->name()));
    }
    const bool child = id.segments().size() > 1;
    if (!child) resource.location = location_for(body, before ? &*before : nullptr, resource.id);
    resource.tags = text_or_empty(find(body, "tags"));
    resource.sku = text_or_empty(find(body, "sku"));
    resource.zones = text_or_empty(find(body, "zones"));
    resource.plan = text_or_empty(find(body, "plan"));
    resource.kind = text_at(body, "kind");
    const Json* properties = find(body, "properties");
    resource.properties = properties == nullptr || properties->is_null() ? "{}" : compact(*properties);
    resource.changed = session.now;
    resource.etag = new_guid(session.random);
    return resource;
}

void check_location(Session& session, const ResourceId& id, const Json& body) {
    if (id.segments().size() > 1) return;
    const std::optional<Resource> before = session.arm.find_resource(id);
    location_for(body, before ? &*before : nullptr, id);
}

Json identity_wire(const IdentityBlock& identity, std::string_view tenant_id) {
    if (identity.empty()) return nullptr;
    Json block;
    block["type"] = !identity.has_system()           ? "UserAssigned"
                    : identity.user_assigned.empty() ? "SystemAssigned"
                                                     : "SystemAssigned, UserAssigned";
    if (identity.has_system()) {
        block["principalId"] = identity.system_principal_id;
        block["tenantId"] = tenant_id;
    }
    for (const AssignedIdentity& assigned : identity.user_assigned)
        block["userAssignedIdentities"][assigned.identity_id] = {{"principalId", assigned.principal_id},
                                                                 {"clientId", assigned.client_id}};
    return block;
}

Json system_data(const Resource& resource) {
    return {
        {"createdBy", resource.created_by_name},          {"createdByType", resource.created_by_type},
        {"createdAt", utc_ticks(resource.created)},       {"lastModifiedBy", resource.created_by_name},
        {"lastModifiedByType", resource.created_by_type}, {"lastModifiedAt", utc_ticks(resource.changed)}};
}

Json wire(const Resource& resource) {
    Json body;
    body["id"] = resource.id.text();
    body["name"] = resource.id.name();
    body["type"] = resource.id.type();
    if (!resource.location.empty()) body["location"] = resource.location;
    if (!resource.kind.empty()) body["kind"] = resource.kind;
    add_json(body, "tags", resource.tags);
    add_json(body, "sku", resource.sku);
    add_json(body, "zones", resource.zones);
    add_json(body, "plan", resource.plan);
    body["properties"] = Json::parse(resource.properties.empty() ? "{}" : resource.properties);
    return body;
}

std::string tenant_of(Session& session, std::string_view subscription) {
    return require_subscription(session, subscription).tenant_id;
}

Json put_plain(Session& session, const ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    Resource resource = resource_from(session, id, body);
    Json properties = Json::parse(resource.properties);
    properties["provisioningState"] = "Succeeded";
    resource.properties = compact(properties);
    session.arm.save(resource);
    return wire(resource);
}

Json get_plain(Session& session, const ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    return wire(require_resource(session, id));
}

bool remove_plain(Session& session, const ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    const std::optional<Resource> resource = session.arm.find_resource(id);
    if (!resource) return false;
    erase(session, *resource);
    return true;
}

void erase(Session& session, const Resource& resource) {
    session.rbac.erase_role_assignments_below(resource.id.text());
    session.arm.erase_resource(resource.id);
    session.note("arm", "resource deleted", resource.id.text());
}

std::vector<Json> list_resources(Session& session, std::string_view subscription, std::string_view group,
                                 std::string_view type) {
    require_subscription(session, subscription);
    if (!group.empty()) require_group(session, subscription, group);
    std::vector<Json> found;
    for (const Resource& resource : session.arm.resources(subscription, group, type)) {
        if (!rbac::may(session, resource.id.type() + "/read", resource.id.text())) continue;
        Json body = wire(resource);
        body.erase("properties");
        const Json identity = identity_wire(resource.identity, tenant_of(session, subscription));
        if (!identity.is_null()) body["identity"] = identity;
        body["createdTime"] = utc_ticks(resource.created);
        body["changedTime"] = utc_ticks(resource.changed);
        body["provisioningState"] = "Succeeded";
        found.push_back(std::move(body));
    }
    return found;
}

}  // namespace azid::arm
