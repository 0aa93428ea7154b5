#include "core/network/shared.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::network {

Json network_wire(const arm::Resource& resource) {
    Json body = arm::wire(resource);
    body["etag"] = fmt::format("W/\"{}\"", resource.etag);
    return body;
}

void keep(Session& session, arm::Resource& resource, Json properties) {
    properties["provisioningState"] = "Succeeded";
    const std::optional<arm::Resource> before = session.arm.find_resource(resource.id);
    const std::string guid = before ? text_at(Json::parse(before->properties), "resourceGuid") : "";
    properties["resourceGuid"] = guid.empty() ? new_guid(session.random) : guid;
    resource.properties = compact(properties);
    session.arm.save(resource);
}

std::string id_at(const Json& value, std::string_view path) {
    const Json* found = find(value, path);
    return found == nullptr ? std::string() : text_at(*found, "id");
}

std::vector<Configuration> configurations_of(const arm::Resource& interface) {
    std::vector<Configuration> found;
    const Json properties = Json::parse(interface.properties);
    const Json* list = find(properties, "ipConfigurations");
    if (list == nullptr) return found;
    for (const Json& item : *list) {
        const Json* address = find(item, "properties.privateIPAddress");
        found.push_back({interface.id.text() + "/ipConfigurations/" + text_at(item, "name"),
                         id_at(item, "properties.subnet"),
                         address != nullptr && address->is_string() ? address->get<std::string>() : "",
                         id_at(item, "properties.publicIPAddress"),
                         id_at(properties, "networkSecurityGroup")});
    }
    return found;
}

std::vector<Configuration> configurations(Session& session, std::string_view subscription) {
    std::vector<Configuration> all;
    for (const arm::Resource& interface : session.arm.resources(subscription, "", interface_type))
        for (Configuration& item : configurations_of(interface)) all.push_back(std::move(item));
    return all;
}

std::optional<arm::Resource> machine_using(Session& session, const arm::ResourceId& interface) {
    for (arm::Resource& machine : session.arm.resources(interface.subscription(), "", machine_type)) {
        const Json properties = Json::parse(machine.properties);
        const Json* list = find(properties, "networkProfile.networkInterfaces");
        if (list == nullptr) continue;
        for (const Json& item : *list)
            if (iequals(text_at(item, "id"), interface.text())) return std::move(machine);
    }
    return {};
}

}  // namespace azid::network
