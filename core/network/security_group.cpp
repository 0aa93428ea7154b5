#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/network/network.hpp"
#include "core/network/shared.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::network {

namespace {

struct DefaultRule {
    const char* name;
    const char* description;
    const char* source;
    const char* destination;
    const char* access;
    int priority;
    const char* direction;
};

// The six rules of every group, as recorded.
constexpr DefaultRule default_rules[] = {
    {"AllowVnetInBound", "Allow inbound traffic from all VMs in VNET", "VirtualNetwork", "VirtualNetwork",
     "Allow", 65000, "Inbound"},
    {"AllowAzureLoadBalancerInBound", "Allow inbound traffic from azure load balancer", "AzureLoadBalancer",
     "*", "Allow", 65001, "Inbound"},
    {"DenyAllInBound", "Deny all inbound traffic", "*", "*", "Deny", 65500, "Inbound"},
    {"AllowVnetOutBound", "Allow outbound traffic from all VMs to all VMs in VNET", "VirtualNetwork",
     "VirtualNetwork", "Allow", 65000, "Outbound"},
    {"AllowInternetOutBound", "Allow outbound traffic from all VMs to Internet", "*", "Internet", "Allow",
     65001, "Outbound"},
    {"DenyAllOutBound", "Deny all outbound traffic", "*", "*", "Deny", 65500, "Outbound"},
};

void add_empty_lists(Json& properties) {
    for (const char* list :
         {"sourcePortRanges", "destinationPortRanges", "sourceAddressPrefixes", "destinationAddressPrefixes"})
        if (!properties.contains(list)) properties[list] = Json::array();
}

Json rule(const arm::Resource& group, const std::string& kind, const std::string& name, Json properties) {
    Json made;
    made["name"] = name;
    made["id"] = group.id.child(kind, name).text();
    made["etag"] = fmt::format("W/\"{}\"", group.etag);
    made["type"] = "Microsoft.Network/networkSecurityGroups/" + kind;
    properties["provisioningState"] = "Succeeded";
    add_empty_lists(properties);
    made["properties"] = std::move(properties);
    return made;
}

Json shown(Session& session, const arm::Resource& group) {
    Json body = network_wire(group);
    Json& properties = body["properties"];
    Json own = Json::array();
    for (const Json& sent : properties.value("securityRules", Json::array()))
        own.push_back(
            rule(group, "securityRules", text_at(sent, "name"), sent.value("properties", Json::object())));
    properties["securityRules"] = std::move(own);
    Json given = Json::array();
    for (const DefaultRule& item : default_rules)
        given.push_back(rule(group, "defaultSecurityRules", item.name,
                             {{"description", item.description},
                              {"protocol", "*"},
                              {"sourcePortRange", "*"},
                              {"destinationPortRange", "*"},
                              {"sourceAddressPrefix", item.source},
                              {"destinationAddressPrefix", item.destination},
                              {"access", item.access},
                              {"priority", item.priority},
                              {"direction", item.direction}}));
    properties["defaultSecurityRules"] = std::move(given);
    Json users = Json::array();
    for (const arm::Resource& interface : session.arm.resources(group.id.subscription(), "", interface_type))
        if (iequals(id_at(Json::parse(interface.properties), "networkSecurityGroup"), group.id.text()))
            users.push_back({{"id", interface.id.text()}});
    if (!users.empty()) properties["networkInterfaces"] = std::move(users);
    return body;
}

}  // namespace

Json put_security_group(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    arm::Resource group = arm::resource_from(session, id, body);
    Json properties = Json::parse(group.properties);
    properties.erase("defaultSecurityRules");
    if (!properties.contains("securityRules")) properties["securityRules"] = Json::array();
    keep(session, group, std::move(properties));
    return shown(session, group);
}

Json get_security_group(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    return shown(session, arm::require_resource(session, id));
}

bool remove_security_group(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    const std::optional<arm::Resource> group = session.arm.find_resource(id);
    if (!group) return false;
    std::vector<std::string> users;
    for (const arm::Resource& interface : session.arm.resources(id.subscription(), "", interface_type))
        if (iequals(id_at(Json::parse(interface.properties), "networkSecurityGroup"), group->id.text()))
            users.push_back(interface.id.text());
    if (!users.empty())
        throw Error(
            fault::security_group_in_use,
            fmt::format("Network security group {} cannot be deleted because it is in use by the following "
                        "resources: {}. In order to delete the Network security group, remove the "
                        "association with the resource(s). To learn how to do this, see aka.ms/deletensg.",
                        group->id.text(), join(users, ", ")));
    arm::erase(session, *group);
    return true;
}

}  // namespace azid::network
