#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/network/address.hpp"
#include "core/network/network.hpp"
#include "core/network/shared.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>

namespace azid::network {

namespace {

// A number that no other public address of the subscription has.
std::string free_address(Session& session, const arm::ResourceId& id) {
    for (int attempt = 0;; ++attempt) {
        std::string address = public_address(id.key(), attempt);
        if (session.arm.resources_naming(id.subscription(), arm::Place::public_address_number, address)
                .empty())
            return address;
    }
}

// Empty when no interface uses it.
std::string user_of(Session& session, const arm::ResourceId& id) {
    const std::vector<Configuration> users = configurations_with(session, id);
    return users.empty() ? std::string() : users.front().id;
}

Json shown(Session& session, const arm::Resource& resource) {
    Json body = network_wire(resource);
    const std::string user = user_of(session, resource.id);
    if (!user.empty()) body["properties"]["ipConfiguration"] = {{"id", user}};
    // A dynamic one gets its number with the first interface that uses it.
    if (user.empty() && text_at(body["properties"], "publicIPAllocationMethod") == "Dynamic")
        body["properties"].erase("ipAddress");
    return body;
}

}  // namespace

Json put_public_address(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    arm::Resource resource = arm::resource_from(session, id, body);
    Json properties = Json::parse(resource.properties);
    Json sku = resource.sku.empty() ? Json{{"name", "Basic"}} : Json::parse(resource.sku);
    if (!sku.contains("tier")) sku["tier"] = "Regional";
    resource.sku = compact(sku);
    const bool standard = text_at(sku, "name") == "Standard";
    const std::string asked = text_at(properties, "publicIPAllocationMethod");
    const bool is_static = iequals(asked, "Static") || (asked.empty() && standard);
    properties["publicIPAllocationMethod"] = is_static ? "Static" : "Dynamic";
    properties["ipAddress"] =
        before ? text_at(Json::parse(before->properties), "ipAddress") : free_address(session, resource.id);
    if (!properties.contains("publicIPAddressVersion")) properties["publicIPAddressVersion"] = "IPv4";
    if (!properties.contains("idleTimeoutInMinutes")) properties["idleTimeoutInMinutes"] = 4;
    if (!properties.contains("ipTags")) properties["ipTags"] = Json::array();
    if (!properties.contains("ddosSettings"))
        properties["ddosSettings"] = {{"protectionMode", "VirtualNetworkInherited"}};
    const Json* label = find(properties, "dnsSettings.domainNameLabel");
    if (label != nullptr && label->is_string())
        properties["dnsSettings"]["fqdn"] =
            fmt::format("{}.{}.cloudapp.azure.com", label->get<std::string>(), resource.location);
    properties.erase("ipConfiguration");
    keep(session, resource, std::move(properties));
    return shown(session, resource);
}

Json get_public_address(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    return shown(session, arm::require_resource(session, id));
}

bool remove_public_address(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    const std::optional<arm::Resource> resource = session.arm.find_resource(id);
    if (!resource) return false;
    const std::string user = user_of(session, resource->id);
    if (!user.empty())
        throw Error(
            fault::public_address_cannot_be_deleted,
            fmt::format("Public IP address {} can not be deleted since it is still allocated to resource {}. "
                        "In order to delete the public IP, disassociate/detach the Public IP address from "
                        "the resource.  To learn how to do this, see aka.ms/deletepublicip.",
                        resource->id.text(), user));
    arm::erase(session, *resource);
    return true;
}

}  // namespace azid::network
