#include "cli/commands/network.hpp"

#include "cli/commands/aaz.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/network/network.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view zones_notice =
    "[Coming breaking change] In the coming release, the default behavior will be changed as follows when "
    "sku is Standard and zone is not provided: For zonal regions, you will get a zone-redundant IP "
    "indicated by zones:[\"1\",\"2\",\"3\"]; For non-zonal regions, you will get a non zone-redundant IP "
    "indicated by zones:null.";

arm::ResourceId id_of(const app::Context& context, const char* type, std::string_view key = "name") {
    return {context.subscription,
            context.args.text("resource_group_name"),
            "Microsoft.Network",
            {{type, context.args.text(key)}}};
}

Json envelope(const app::Context& context) {
    Json body = {{"location", location_or_group(context)}, {"properties", Json::object()}};
    const Json tags = aaz_tags(context.args);
    if (!tags.is_null()) body["tags"] = tags;
    return body;
}

// An option that is a text, a flag or a number of the resource, kept where Azure keeps it.
void put_text(const app::Args& args, const char* key, Json& object, const char* member) {
    if (args.given(key)) object[member] = args.text(key);
}
void put_flag(const app::Args& args, const char* key, Json& object, const char* member) {
    if (args.given(key)) object[member] = args.flag(key);
}
void put_id(const app::Context& context, const char* key, const char* type, Json& object,
            const char* member) {
    if (context.args.given(key) && !context.args.text(key).empty())
        object[member] = {
            {"id", named_or_id(context, std::string("Microsoft.Network/") + type, context.args.text(key))}};
}

Json ids_of(const app::Context& context, const char* key, const char* type) {
    Json ids = Json::array();
    for (const std::string& item : aaz_list(context.args, key))
        ids.push_back({{"id", named_or_id(context, std::string("Microsoft.Network/") + type, item)}});
    return ids;
}

std::string subnet_id(const app::Context& context) {
    const std::string subnet = context.args.text("subnet");
    if (subnet.starts_with('/')) return subnet;
    if (!context.args.given("vnet_name"))
        throw Error(fault::client, "usage error: --subnet ID | --subnet NAME --vnet-name NAME");
    return fmt::format("{}/providers/Microsoft.Network/virtualNetworks/{}/subnets/{}", context.group_scope(),
                       context.args.text("vnet_name"), subnet);
}

Json interface_configuration(const app::Context& context) {
    const app::Args& args = context.args;
    const bool fixed = args.given("private_ip_address") && !args.text("private_ip_address").empty();
    Json properties = {{"privateIPAllocationMethod", fixed ? "Static" : "Dynamic"},
                       {"privateIPAddressVersion", args.text("private_ip_address_version")},
                       {"subnet", {{"id", subnet_id(context)}}}};
    if (fixed) properties["privateIPAddress"] = args.text("private_ip_address");
    put_id(context, "public_ip_address", "publicIPAddresses", properties, "publicIPAddress");
    if (args.given("application_security_groups"))
        properties["applicationSecurityGroups"] =
            ids_of(context, "application_security_groups", "applicationSecurityGroups");
    return {{"name", "ipconfig1"}, {"properties", std::move(properties)}};
}

// az's schema of an interface lacks what ARM says of it besides.
Json shown_interface(Json interface) {
    interface.erase("allowPort25Out");
    interface.erase("kind");
    return interface;
}

}  // namespace

Json network_nic_create(app::Context& context) {
    const app::Args& args = context.args;
    Json body = envelope(context);
    Json& properties = body["properties"];
    properties["ipConfigurations"] = Json::array({interface_configuration(context)});
    put_flag(args, "accelerated_networking", properties, "enableAcceleratedNetworking");
    put_flag(args, "ip_forwarding", properties, "enableIPForwarding");
    put_text(args, "auxiliary_mode", properties, "auxiliaryMode");
    put_text(args, "auxiliary_sku", properties, "auxiliarySku");
    put_text(args, "internal_dns_name", properties["dnsSettings"], "internalDnsNameLabel");
    if (args.given("dns_servers")) properties["dnsSettings"]["dnsServers"] = aaz_list(args, "dns_servers");
    if (properties["dnsSettings"].is_null()) properties.erase("dnsSettings");
    put_id(context, "network_security_group", "networkSecurityGroups", properties, "networkSecurityGroup");
    Json made = network::put_interface(context.session(), id_of(context, "networkInterfaces"), body);
    return args.flag("no_wait") ? Json() : Json{{"NewNIC", shown_interface(aaz_shaped(std::move(made)))}};
}

Json network_nic_show(app::Context& context) {
    return shown_interface(
        aaz_shaped(network::get_interface(context.session(), id_of(context, "networkInterfaces"))));
}

Json network_nic_list(app::Context& context) {
    Json found = aaz_listed(context, "Microsoft.Network/networkInterfaces");
    for (Json& interface : found) interface = shown_interface(std::move(interface));
    return found;
}

Json network_nic_delete(app::Context& context) {
    network::remove_interface(context.session(), id_of(context, "networkInterfaces"));
    return nullptr;
}

Json network_nsg_create(app::Context& context) {
    Json made = network::put_security_group(context.session(), id_of(context, "networkSecurityGroups"),
                                            envelope(context));
    return context.args.flag("no_wait") ? Json() : Json{{"NewNSG", aaz_shaped(std::move(made))}};
}

Json network_nsg_show(app::Context& context) {
    return aaz_shaped(
        network::get_security_group(context.session(), id_of(context, "networkSecurityGroups")));
}

Json network_nsg_list(app::Context& context) {
    return aaz_listed(context, "Microsoft.Network/networkSecurityGroups");
}

Json network_nsg_delete(app::Context& context) {
    network::remove_security_group(context.session(), id_of(context, "networkSecurityGroups"));
    return nullptr;
}

Json network_public_ip_create(app::Context& context) {
    const app::Args& args = context.args;
    Json body = envelope(context);
    const std::string sku = args.text("sku");
    if (sku == "Standard" && !args.given("zone")) context.messages.warn(std::string(zones_notice));
    Json properties = Json::object();
    properties["publicIPAllocationMethod"] = args.given("allocation_method") ? args.text("allocation_method")
                                             : sku == "Standard"             ? "Static"
                                                                             : "Dynamic";
    properties["publicIPAddressVersion"] = args.given("version") ? args.text("version") : "IPv4";
    properties["idleTimeoutInMinutes"] = args.number("idle_timeout");
    body["sku"]["name"] = sku;
    if (args.given("tier")) body["sku"]["tier"] = args.text("tier");
    if (args.given("zone")) body["zones"] = args.list("zone");
    Json dns = Json::object();
    put_text(args, "dns_name", dns, "domainNameLabel");
    put_text(args, "dns_name_scope", dns, "domainNameLabelScope");
    put_text(args, "reverse_fqdn", dns, "reverseFqdn");
    if (!dns.empty()) properties["dnsSettings"] = std::move(dns);
    put_text(args, "ip_address", properties, "ipAddress");
    put_id(context, "public_ip_prefix", "publicIPPrefixes", properties, "publicIPPrefix");
    for (const std::string& tag : args.list("ip_tags")) {
        const std::size_t equals = tag.find('=');
        properties["ipTags"].push_back({{"ipTagType", tag.substr(0, equals)},
                                        {"tag", equals == std::string::npos ? "" : tag.substr(equals + 1)}});
    }
    Json ddos = Json::object();
    put_text(args, "protection_mode", ddos, "protectionMode");
    put_id(context, "ddos_protection_plan", "ddosProtectionPlans", ddos, "ddosProtectionPlan");
    if (!ddos.empty()) properties["ddosSettings"] = std::move(ddos);
    body["properties"] = std::move(properties);
    Json made = network::put_public_address(
        context.session(), id_of(context, "publicIPAddresses", "public_ip_address_name"), body);
    return {{"publicIp", aaz_shaped(std::move(made))}};
}

Json network_public_ip_show(app::Context& context) {
    return aaz_shaped(network::get_public_address(context.session(), id_of(context, "publicIPAddresses")));
}

Json network_public_ip_list(app::Context& context) {
    return aaz_listed(context, "Microsoft.Network/publicIPAddresses");
}

Json network_public_ip_delete(app::Context& context) {
    network::remove_public_address(context.session(), id_of(context, "publicIPAddresses"));
    return nullptr;
}

}  // namespace azid::commands
