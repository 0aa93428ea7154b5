#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/network/address.hpp"
#include "core/network/network.hpp"
#include "core/network/shared.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::network {

namespace {

Prefix require_prefix(std::string_view text, const arm::ResourceId& id) {
    const std::optional<Prefix> prefix = parse_prefix(text);
    if (prefix) return *prefix;
    throw Error(fault::invalid_address_prefix,
                fmt::format("Address prefix {} of resource {} is not formatted correctly. It should follow "
                            "CIDR notation, for example 10.0.0.0/24.",
                            text, id.text()));
}

std::vector<Prefix> address_space(const Json& properties, const arm::ResourceId& id) {
    std::vector<Prefix> space;
    const Json* prefixes = find(properties, "addressSpace.addressPrefixes");
    if (prefixes != nullptr)
        for (const Json& prefix : *prefixes)
            space.push_back(require_prefix(prefix.is_string() ? prefix.get<std::string>() : "", id));
    return space;
}

std::string prefix_of(const Json& subnet) {
    const Json* one = find(subnet, "properties.addressPrefix");
    if (one != nullptr && one->is_string()) return *one;
    const Json* several = find(subnet, "properties.addressPrefixes");
    return several != nullptr && several->is_array() && !several->empty() ? several->front() : "";
}

// The subnet as it is kept: what the client sent and what Azure adds.
Json stored_subnet(const Json& sent, const arm::ResourceId& network, const std::vector<Prefix>& space) {
    const std::string name = text_at(sent, "name");
    const arm::ResourceId id = network.child("subnets", name);
    const std::string text = prefix_of(sent);
    const Prefix prefix = require_prefix(text, id);
    bool inside = false;
    for (const Prefix& outer : space) inside = inside || outer.contains(prefix);
    if (!inside)
        throw Error(fault::invalid_subnet,
                    fmt::format("Subnet '{}' is not valid in virtual network '{}'.", name, network.name()));
    Json subnet;
    subnet["name"] = name;
    subnet["id"] = id.text();
    Json properties = sent.value("properties", Json::object());
    properties.erase("ipConfigurations");
    properties["provisioningState"] = "Succeeded";
    properties["addressPrefix"] = text;
    if (!properties.contains("delegations")) properties["delegations"] = Json::array();
    if (!properties.contains("privateEndpointNetworkPolicies"))
        properties["privateEndpointNetworkPolicies"] = "Disabled";
    if (!properties.contains("privateLinkServiceNetworkPolicies"))
        properties["privateLinkServiceNetworkPolicies"] = "Enabled";
    subnet["properties"] = std::move(properties);
    subnet["type"] = "Microsoft.Network/virtualNetworks/subnets";
    return subnet;
}

void refuse_used_subnet(Session& session, const arm::ResourceId& subnet) {
    for (const Configuration& item : configurations_in(session, subnet))
        throw Error(fault::subnet_in_use,
                    fmt::format("Subnet {} is in use by {} and cannot be deleted. In order to delete the "
                                "subnet, delete all the resources within the subnet. See "
                                "aka.ms/deletesubnet.",
                                subnet.name(), item.id));
}

Json* find_subnet(Json& properties, std::string_view name) {
    for (Json& subnet : properties["subnets"])
        if (iequals(text_at(subnet, "name"), name)) return &subnet;
    return nullptr;
}

// Subnets get their etag and the interfaces in them when they are shown.
void decorate(Session& session, Json& subnet, const std::string& etag) {
    subnet["etag"] = fmt::format("W/\"{}\"", etag);
    Json users = Json::array();
    if (const std::optional<arm::ResourceId> id = arm::ResourceId::parse(text_at(subnet, "id")))
        for (const Configuration& item : configurations_in(session, *id)) users.push_back({{"id", item.id}});
    if (!users.empty()) subnet["properties"]["ipConfigurations"] = std::move(users);
}

Json shown(Session& session, const arm::Resource& network) {
    Json body = network_wire(network);
    for (Json& subnet : body["properties"]["subnets"]) decorate(session, subnet, network.etag);
    return body;
}

}  // namespace

Json put_virtual_network(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    arm::Resource network = arm::resource_from(session, id, body);
    Json properties = Json::parse(network.properties);
    const std::vector<Prefix> space = address_space(properties, network.id);
    Json subnets = Json::array();
    const Json* sent = find(properties, "subnets");
    if (sent != nullptr && sent->is_array())
        for (const Json& subnet : *sent) subnets.push_back(stored_subnet(subnet, network.id, space));
    properties["subnets"] = std::move(subnets);
    if (before) {
        const Json old = Json::parse(before->properties);
        for (const Json& subnet : old.value("subnets", Json::array()))
            if (find_subnet(properties, text_at(subnet, "name")) == nullptr)
                refuse_used_subnet(session, network.id.child("subnets", text_at(subnet, "name")));
    }
    if (!properties.contains("virtualNetworkPeerings")) properties["virtualNetworkPeerings"] = Json::array();
    if (!properties.contains("enableDdosProtection")) properties["enableDdosProtection"] = false;
    if (!properties.contains("privateEndpointVNetPolicies"))
        properties["privateEndpointVNetPolicies"] = "Disabled";
    keep(session, network, std::move(properties));
    return shown(session, network);
}

Json get_virtual_network(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    return shown(session, arm::require_resource(session, id));
}

bool remove_virtual_network(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    const std::optional<arm::Resource> network = session.arm.find_resource(id);
    if (!network) return false;
    const Json properties = Json::parse(network->properties);
    for (const Json& subnet : properties.value("subnets", Json::array()))
        refuse_used_subnet(session, network->id.child("subnets", text_at(subnet, "name")));
    arm::erase(session, *network);
    return true;
}

Json put_subnet(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    arm::Resource network = arm::require_resource(session, *id.parent());
    Json properties = Json::parse(network.properties);
    Json sent = body;
    sent["name"] = id.name();
    Json subnet = stored_subnet(sent, network.id, address_space(properties, network.id));
    Json* before = find_subnet(properties, id.name());
    if (before != nullptr)
        *before = subnet;
    else
        properties["subnets"].push_back(subnet);
    network.changed = session.now;
    network.etag = new_guid(session.random);
    keep(session, network, std::move(properties));
    decorate(session, subnet, network.etag);
    return subnet;
}

Json get_subnet(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    const arm::Resource network = arm::require_resource(session, *id.parent());
    Json properties = Json::parse(network.properties);
    Json* subnet = find_subnet(properties, id.name());
    if (subnet == nullptr) throw Error(fault::not_found, fmt::format("Resource {} not found.", id.text()));
    decorate(session, *subnet, network.etag);
    return *subnet;
}

std::vector<Json> list_subnets(Session& session, const arm::ResourceId& network) {
    rbac::authorise(session, network.type() + "/subnets/read", network.text());
    const arm::Resource found = arm::require_resource(session, network);
    std::vector<Json> subnets;
    Json properties = Json::parse(found.properties);
    for (Json& subnet : properties["subnets"]) {
        decorate(session, subnet, found.etag);
        subnets.push_back(std::move(subnet));
    }
    return subnets;
}

bool remove_subnet(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    std::optional<arm::Resource> network = session.arm.find_resource(*id.parent());
    if (!network) return false;
    Json properties = Json::parse(network->properties);
    const Json* subnet = find_subnet(properties, id.name());
    if (subnet == nullptr) return false;
    refuse_used_subnet(session, network->id.child("subnets", id.name()));
    properties["subnets"].erase(static_cast<std::size_t>(subnet - &properties["subnets"][0]));
    keep(session, *network, std::move(properties));
    return true;
}

}  // namespace azid::network
