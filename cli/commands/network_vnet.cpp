#include "cli/commands/aaz.hpp"
#include "cli/commands/network.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/network/network.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

arm::ResourceId network_id(const app::Context& context, std::string_view key) {
    return {context.subscription,
            context.args.text("resource_group_name"),
            "Microsoft.Network",
            {{"virtualNetworks", context.args.text(key)}}};
}

arm::ResourceId subnet_id(const app::Context& context) {
    return network_id(context, "vnet_name").child("subnets", context.args.text("name"));
}

void put_reference(const app::Context& context, const char* key, const char* type, Json& object,
                   const char* member) {
    if (context.args.given(key))
        object[member]["id"] =
            named_or_id(context, std::string("Microsoft.Network/") + type, context.args.text(key));
}

void put_prefixes(Json& properties, const std::vector<std::string>& prefixes) {
    if (prefixes.size() == 1)
        properties["addressPrefix"] = prefixes.front();
    else if (!prefixes.empty())
        properties["addressPrefixes"] = prefixes;
}

// The whole network where it is a small one, else its first 256 addresses.
std::string first_prefix(const std::string& network) {
    const std::size_t slash = network.find('/');
    if (slash == std::string::npos) return network;
    const std::string bits = network.substr(slash + 1);
    return network.substr(0, slash) + "/" + (bits.size() == 2 && bits > "24" ? bits : "24");
}

Json first_subnet(const app::Context& context, const std::vector<std::string>& space) {
    const app::Args& args = context.args;
    Json subnet = {{"name", args.text("subnet_name")}, {"properties", Json::object()}};
    std::vector<std::string> prefixes = aaz_list(args, "subnet_prefixes");
    if (prefixes.empty() && !space.empty()) prefixes = {first_prefix(space.front())};
    put_prefixes(subnet["properties"], prefixes);
    put_reference(context, "subnet_nsg", "networkSecurityGroups", subnet["properties"],
                  "networkSecurityGroup");
    return subnet;
}

// --subnets, written in az's flattened form.
Json given_subnets(const app::Args& args) {
    Json subnets = Json::array();
    for (const std::string& text : args.list("subnets")) {
        Json value = aaz_value(text);
        if (!value.is_array()) value = Json::array({value});
        for (const Json& item : value) {
            if (!item.is_object())
                throw Error(fault::client, "Failed to parse '--subnets' argument: a subnet is an object");
            Json subnet = {{"name", text_at(item, "name")}, {"properties", Json::object()}};
            for (const auto& [name, member] : item.items())
                if (name != "name")
                    subnet["properties"][replace_all(name, "address-prefix", "addressPrefix")] = member;
            subnets.push_back(std::move(subnet));
        }
    }
    return subnets;
}

Json network_properties(const app::Context& context) {
    const app::Args& args = context.args;
    const std::vector<std::string> space = aaz_list(args, "address_prefixes");
    Json properties = {{"addressSpace", {{"addressPrefixes", space}}}};
    if (args.given("dns_servers")) properties["dhcpOptions"]["dnsServers"] = aaz_list(args, "dns_servers");
    if (args.given("bgp_community"))
        properties["bgpCommunities"]["virtualNetworkCommunity"] = args.text("bgp_community");
    put_reference(context, "ddos_protection_plan", "ddosProtectionPlans", properties, "ddosProtectionPlan");
    if (args.given("ddos_protection")) properties["enableDdosProtection"] = args.flag("ddos_protection");
    if (args.given("vm_protection")) properties["enableVmProtection"] = args.flag("vm_protection");
    if (args.given("enable_encryption")) properties["encryption"]["enabled"] = args.flag("enable_encryption");
    if (args.given("encryption_enforcement_policy"))
        properties["encryption"]["enforcement"] = args.text("encryption_enforcement_policy");
    if (args.given("flowtimeout")) properties["flowTimeoutInMinutes"] = args.number("flowtimeout");
    if (args.given("private_endpoint_vnet_policies"))
        properties["privateEndpointVNetPolicies"] = args.text("private_endpoint_vnet_policies");
    properties["subnets"] = given_subnets(args);
    if (args.given("subnet_name")) properties["subnets"].push_back(first_subnet(context, space));
    return properties;
}

// "Enabled" for what is not disabled.
void put_policy(const app::Args& args, const char* key, const char* disabling, Json& properties,
                const char* member) {
    properties[member] = args.text(key);
    if (args.given(disabling)) properties[member] = args.flag(disabling) ? "Disabled" : "Enabled";
}

void put_services(const app::Context& context, Json& properties) {
    const app::Args& args = context.args;
    for (const std::string& service : aaz_list(args, "service_endpoints"))
        properties["serviceEndpoints"].push_back({{"service", service}});
    for (const std::string& text : args.list("endpoints")) {
        const Json value = aaz_value(text);
        if (value.is_array())
            for (const Json& item : value) properties["serviceEndpoints"].push_back(item);
        else
            properties["serviceEndpoints"].push_back(value);
    }
    int index = 0;
    for (const std::string& service : aaz_list(args, "delegations"))
        properties["delegations"].push_back(
            {{"name", std::to_string(index++)}, {"properties", {{"serviceName", service}}}});
    for (const std::string& policy : aaz_list(args, "service_endpoint_policy"))
        properties["serviceEndpointPolicies"].push_back(
            {{"id", named_or_id(context, "Microsoft.Network/serviceEndpointPolicies", policy)}});
}

}  // namespace

Json network_vnet_create(app::Context& context) {
    const app::Args& args = context.args;
    if (args.given("subnet_prefixes") && !args.given("subnet_name"))
        throw Error(fault::client, "usage error: --subnet-name NAME [--subnet-prefixes PREFIXES]");
    Json body = {{"location", location_or_group(context)}, {"properties", network_properties(context)}};
    if (!body["properties"].contains("enableVmProtection")) body["properties"]["enableVmProtection"] = false;
    const Json tags = aaz_tags(args);
    if (!tags.is_null()) body["tags"] = tags;
    Json made = network::put_virtual_network(context.session(), network_id(context, "name"), body);
    return args.flag("no_wait") ? Json() : Json{{"newVNet", aaz_shaped(std::move(made))}};
}

Json network_vnet_show(app::Context& context) {
    return aaz_shaped(network::get_virtual_network(context.session(), network_id(context, "name")));
}

Json network_vnet_list(app::Context& context) {
    return aaz_listed(context, "Microsoft.Network/virtualNetworks");
}

Json network_vnet_delete(app::Context& context) {
    network::remove_virtual_network(context.session(), network_id(context, "name"));
    return nullptr;
}

Json network_vnet_subnet_create(app::Context& context) {
    const app::Args& args = context.args;
    Json properties = Json::object();
    put_prefixes(properties, aaz_list(args, "address_prefixes"));
    put_reference(context, "network_security_group", "networkSecurityGroups", properties,
                  "networkSecurityGroup");
    put_reference(context, "nat_gateway", "natGateways", properties, "natGateway");
    put_reference(context, "route_table", "routeTables", properties, "routeTable");
    if (args.given("default_outbound_access"))
        properties["defaultOutboundAccess"] = args.flag("default_outbound_access");
    if (args.given("sharing_scope")) properties["sharingScope"] = args.text("sharing_scope");
    put_policy(args, "private_endpoint_network_policies", "disable_private_endpoint_network_policies",
               properties, "privateEndpointNetworkPolicies");
    put_policy(args, "private_link_service_network_policies", "disable_private_link_service_network_policies",
               properties, "privateLinkServiceNetworkPolicies");
    put_services(context, properties);
    Json made = network::put_subnet(context.session(), subnet_id(context), {{"properties", properties}});
    return args.flag("no_wait") ? Json() : aaz_shaped(std::move(made));
}

Json network_vnet_subnet_show(app::Context& context) {
    return aaz_shaped(network::get_subnet(context.session(), subnet_id(context)));
}

Json network_vnet_subnet_list(app::Context& context) {
    Json subnets = Json::array();
    for (Json& subnet : network::list_subnets(context.session(), network_id(context, "vnet_name")))
        subnets.push_back(aaz_shaped(std::move(subnet)));
    return subnets;
}

Json network_vnet_subnet_delete(app::Context& context) {
    network::remove_subnet(context.session(), subnet_id(context));
    return nullptr;
}

}  // namespace azid::commands
