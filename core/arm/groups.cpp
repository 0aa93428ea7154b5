#include "core/arm/groups.hpp"

#include "core/arm/locations.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm {

namespace {

constexpr std::string_view group_action = "Microsoft.Resources/subscriptions/resourceGroups/";

Json wire(const Group& group) {
    Json body;
    body["id"] = group_scope(group.subscription, group.name);
    body["name"] = group.name;
    body["type"] = "Microsoft.Resources/resourceGroups";
    body["location"] = group.location;
    if (!group.managed_by.empty()) body["managedBy"] = group.managed_by;
    if (!group.tags.empty()) body["tags"] = Json::parse(group.tags);
    body["properties"] = {{"provisioningState", "Succeeded"}};
    return body;
}

void authorise(Session& session, std::string_view verb, std::string_view subscription,
               std::string_view name) {
    rbac::authorise(session, std::string(group_action) + std::string(verb), group_scope(subscription, name));
}

// 1-90 letters, digits, "_().-"; not ending in a full stop (resource-name-rules).
void check_name(std::string_view name) {
    const auto allowed = [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               std::string_view("_().-").find(c) != std::string_view::npos;
    };
    if (!name.empty() && name.size() <= 90 && !name.ends_with('.') &&
        std::all_of(name.begin(), name.end(), allowed))
        return;
    if (name.size() > 90)
        throw Error(fault::invalid_resource_group,
                    fmt::format("The provided resource group name '{}' has these invalid characters: ''. The "
                                "name can be at most "
                                "90 characters long.",
                                name));
    std::string invalid;
    for (const char c : name)
        if (!allowed(c) && invalid.find(c) == std::string::npos) invalid += c;
    throw Error(fault::invalid_resource_group,
                fmt::format("The provided resource group name '{}' has these invalid characters: '{}'. The "
                            "name can only be a "
                            "letter, digit, '-', '.', '(', ')' or '_' and cannot end with '.'.",
                            name, invalid));
}

std::string checked_location(const Json& body, const std::optional<Group>& before) {
    const std::string given = text_at(body, "location");
    if (given.empty() && before) return before->location;
    if (given.empty())
        throw Error(fault::location_required, "The location property is required for this definition.");
    const Location* location = find_location(given);
    if (location == nullptr)
        throw Error(fault::location_not_available,
                    fmt::format("The provided location '{}' is not available for resource group. List of "
                                "available regions is '{}'.",
                                given, location_names()));
    if (before && before->location != location->name)
        throw Error(
            fault::invalid_resource_group_location,
            fmt::format(
                "Invalid resource group location '{}'. The Resource group already exists in location '{}'.",
                location->name, before->location));
    return std::string(location->name);
}

void vanish(Session& session, const Resource& resource) {
    const ResourceType* type = find_type(resource.id.type());
    if (type != nullptr && type->vanish != nullptr)
        type->vanish(session, resource);
    else
        erase(session, resource);
}

}  // namespace

Json put_group(Session& session, std::string_view subscription, std::string_view name, const Json& body) {
    authorise(session, "write", subscription, name);
    const Subscription home = require_subscription(session, subscription);
    check_name(name);
    const std::optional<Group> before = session.arm.find_group(home.id, name);
    Group group = before ? *before : Group{home.id, std::string(name), "", "", "", session.now};
    group.location = checked_location(body, before);
    const Json* tags = find(body, "tags");
    group.tags = tags == nullptr || tags->is_null() ? "" : compact(*tags);
    group.managed_by = text_at(body, "managedBy");
    session.arm.save(group);
    session.note("arm", before ? "resource group updated" : "resource group created",
                 group_scope(home.id, group.name));
    return wire(group);
}

Json patch_group(Session& session, std::string_view subscription, std::string_view name, const Json& body) {
    authorise(session, "write", subscription, name);
    Group group = require_group(session, subscription, name);
    const Json* tags = find(body, "tags");
    if (tags != nullptr) group.tags = tags->is_null() ? "" : compact(*tags);
    session.arm.save(group);
    return wire(group);
}

Json get_group(Session& session, std::string_view subscription, std::string_view name) {
    authorise(session, "read", subscription, name);
    return wire(require_group(session, subscription, name));
}

std::vector<Json> list_groups(Session& session, std::string_view subscription) {
    require_subscription(session, subscription);
    std::vector<Json> found;
    for (const Group& group : session.arm.groups(subscription))
        if (rbac::may(session, std::string(group_action) + "read",
                      group_scope(group.subscription, group.name)))
            found.push_back(wire(group));
    return found;
}

bool group_exists(Session& session, std::string_view subscription, std::string_view name) {
    authorise(session, "read", subscription, name);
    return session.arm.find_group(subscription, name).has_value();
}

void delete_group(Session& session, std::string_view subscription, std::string_view name) {
    authorise(session, "delete", subscription, name);
    const Group group = require_group(session, subscription, name);
    for (const Resource& resource : session.arm.resources(group.subscription, group.name, ""))
        if (session.arm.find_resource(resource.id)) vanish(session, resource);
    session.rbac.erase_role_assignments_below(group_scope(group.subscription, group.name));
    session.arm.erase_group(group.subscription, group.name);
    session.note("arm", "resource group deleted", group_scope(group.subscription, group.name));
}

}  // namespace azid::arm
