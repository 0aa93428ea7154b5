#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
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

// Azure spells these its own way, however they were sent.
void spell_rule(Json& properties) {
    for (const char* member : {"access", "direction", "protocol"})
        for (const std::string_view known : {"Allow", "Deny", "Inbound", "Outbound", "Tcp", "Udp", "Icmp"})
            if (iequals(text_at(properties, member), known)) properties[member] = known;
}

void check_priorities(const Json& rules) {
    for (std::size_t i = 0; i < rules.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const Json& left = rules[i]["properties"];
            const Json& right = rules[j]["properties"];
            if (left.value("priority", 0) != right.value("priority", 0) ||
                text_at(left, "direction") != text_at(right, "direction"))
                continue;
            throw Error(fault::security_rule_conflict,
                        fmt::format("Security rule {} conflicts with rule {}. Rules cannot have the same "
                                    "Priority and Direction. To learn more, see aka.ms/nsgrules.",
                                    text_at(rules[i], "name"), text_at(rules[j], "name")));
        }
}

Json* find_rule(Json& properties, std::string_view name) {
    for (Json& item : properties["securityRules"])
        if (iequals(text_at(item, "name"), name)) return &item;
    return nullptr;
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
    for (const arm::Resource& interface : session.arm.resources_naming(
             group.id.subscription(), arm::Place::interface_security_group, group.id.text()))
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
    for (Json& sent : properties["securityRules"]) spell_rule(sent["properties"]);
    check_priorities(properties["securityRules"]);
    keep(session, group, std::move(properties));
    return shown(session, group);
}

Json put_security_rule(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    arm::Resource group = arm::require_resource(session, *id.parent());
    Json properties = Json::parse(group.properties);
    Json sent = {{"name", id.name()}, {"properties", body.value("properties", Json::object())}};
    spell_rule(sent["properties"]);
    if (Json* before = find_rule(properties, id.name()); before != nullptr)
        *before = sent;
    else
        properties["securityRules"].push_back(sent);
    check_priorities(properties["securityRules"]);
    group.changed = session.now;
    group.etag = new_guid(session.random);
    keep(session, group, std::move(properties));
    return rule(group, "securityRules", id.name(), sent["properties"]);
}

Json get_security_rule(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    const arm::Resource group = arm::require_resource(session, *id.parent());
    Json properties = Json::parse(group.properties);
    const Json* found = find_rule(properties, id.name());
    if (found == nullptr) throw Error(fault::not_found, fmt::format("Resource {} not found.", id.text()));
    return rule(group, "securityRules", text_at(*found, "name"), found->value("properties", Json::object()));
}

bool remove_security_rule(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    std::optional<arm::Resource> group = session.arm.find_resource(*id.parent());
    if (!group) return false;
    Json properties = Json::parse(group->properties);
    const Json* found = find_rule(properties, id.name());
    if (found == nullptr) return false;
    properties["securityRules"].erase(static_cast<std::size_t>(found - &properties["securityRules"][0]));
    keep(session, *group, std::move(properties));
    return true;
}

std::vector<Json> list_security_rules(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/securityRules/read", id.text());
    const arm::Resource group = arm::require_resource(session, id);
    std::vector<Json> rules;
    const Json properties = Json::parse(group.properties);
    for (const Json& item : properties.at("securityRules"))
        rules.push_back(
            rule(group, "securityRules", text_at(item, "name"), item.value("properties", Json::object())));
    return rules;
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
    for (const arm::Resource& interface :
         session.arm.resources_naming(id.subscription(), arm::Place::interface_security_group, id.text()))
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
