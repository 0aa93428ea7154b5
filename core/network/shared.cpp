#include "core/network/shared.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::network {

namespace {

// Those that name it there.
std::vector<Configuration> named(Session& session, const arm::ResourceId& id, arm::Place place,
                                 std::string Configuration::*member) {
    std::vector<Configuration> found;
    for (const arm::Resource& interface : session.arm.resources_naming(id.subscription(), place, id.text()))
        for (Configuration& item : configurations_of(interface))
            if (iequals(item.*member, id.text())) found.push_back(std::move(item));
    return found;
}

}  // namespace

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

std::vector<Configuration> configurations_in(Session& session, const arm::ResourceId& subnet) {
    return named(session, subnet, arm::Place::interface_subnet, &Configuration::subnet);
}

std::vector<Configuration> configurations_with(Session& session, const arm::ResourceId& public_address) {
    return named(session, public_address, arm::Place::interface_public_address,
                 &Configuration::public_address);
}

std::optional<arm::Resource> machine_using(Session& session, const arm::ResourceId& interface) {
    for (arm::Resource& machine : session.arm.resources_naming(
             interface.subscription(), arm::Place::machine_interface, interface.text())) {
        const Json properties = Json::parse(machine.properties);
        const Json* list = find(properties, "networkProfile.networkInterfaces");
        if (list == nullptr) continue;
        for (const Json& item : *list)
            if (iequals(text_at(item, "id"), interface.text())) return std::move(machine);
    }
    return {};
}

}  // namespace azid::network
