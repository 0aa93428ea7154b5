#include "core/arm/linked.hpp"
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

std::vector<std::string> named_ids(const Json& body, std::string_view member) {
    std::vector<std::string> ids;
    const Json* list = find(body, "properties.ipConfigurations");
    if (list == nullptr || !list->is_array()) return ids;
    for (const Json& item : *list) {
        std::string id = id_at(item, "properties." + std::string(member));
        if (!id.empty()) ids.push_back(std::move(id));
    }
    return ids;
}

// The prefix of a subnet that exists. Throws Error (fault::invalid_resource_reference) otherwise.
Prefix subnet_prefix(Session& session, const arm::ResourceId& subnet, const arm::ResourceId& interface) {
    const std::optional<arm::ResourceId> parent = subnet.parent();
    const std::optional<arm::Resource> network = parent ? session.arm.find_resource(*parent) : std::nullopt;
    if (network) {
        const Json properties = Json::parse(network->properties);
        for (const Json& item : properties.value("subnets", Json::array()))
            if (iequals(text_at(item, "name"), subnet.name()))
                return *parse_prefix(text_at(item["properties"], "addressPrefix"));
    }
    throw Error(fault::invalid_resource_reference,
                fmt::format("Resource {} referenced by resource {} was not found. Please make sure that the "
                            "referenced resource exists, and that both resources are in the same region.",
                            subnet.text(), interface.text()));
}

// Azure keeps the first four and the last address of a subnet.
std::string free_address(const Prefix& prefix, const std::set<std::uint32_t>& taken,
                         const arm::ResourceId& subnet) {
    for (std::uint32_t address = prefix.first + 4; address < prefix.last(); ++address)
        if (!taken.contains(address)) return address_text(address);
    throw Error(fault::subnet_is_full,
                fmt::format("Subnet {} with address prefix {}/{} does not have enough capacity for 1 IP "
                            "addresses.",
                            subnet.name(), address_text(prefix.first), prefix.bits));
}

void check_wanted(const std::string& wanted, const Prefix& prefix, const std::set<std::uint32_t>& taken,
                  const std::string& configuration) {
    const std::optional<std::uint32_t> address = parse_address(wanted);
    if (!address || !prefix.contains(*address))
        throw Error(fault::private_address_not_in_subnet,
                    fmt::format("Private static IP address {} does not belong to the range of subnet prefix "
                                "{}/{}.",
                                wanted, address_text(prefix.first), prefix.bits));
    if (taken.contains(*address))
        throw Error(fault::private_address_in_use,
                    fmt::format("IP configuration {} is using the private IP address {} which is already "
                                "allocated to another resource.",
                                configuration, wanted));
}

// Everybody's addresses in the subnet, apart from those of the interface itself.
std::set<std::uint32_t> taken_in(Session& session, const arm::ResourceId& subnet,
                                 const arm::ResourceId& interface) {
    std::set<std::uint32_t> taken;
    const std::string own = interface.key() + "/";
    for (const Configuration& item : configurations_in(session, subnet))
        if (!istarts_with(item.id, own))
            if (const std::optional<std::uint32_t> address = parse_address(item.address))
                taken.insert(*address);
    return taken;
}

void check_public_address(Session& session, const std::string& id, const arm::ResourceId& interface) {
    if (id.empty()) return;
    const arm::ResourceId wanted = arm::linked_id(id, "properties.ipConfigurations.publicIPAddress.id");
    arm::require_reference(session, wanted, interface);
    for (const Configuration& item : configurations_with(session, wanted))
        if (!istarts_with(item.id, interface.key() + "/"))
            throw Error(fault::public_address_in_use,
                        fmt::format("Resource {} is referencing public IP address {} that is already "
                                    "allocated to resource {}.",
                                    interface.text(), id, item.id));
}

void place(Session& session, Json& item, const arm::ResourceId& interface, std::set<std::uint32_t>& given_now,
           const std::string& address_before) {
    Json& properties = item["properties"];
    const std::string subnet_text = id_at(properties, "subnet");
    // A second configuration of IPv6 may stand without a subnet: it has no address then (recorded).
    if (subnet_text.empty() && iequals(text_at(properties, "privateIPAddressVersion"), "IPv6")) {
        properties["privateIPAllocationMethod"] = "Dynamic";
        return;
    }
    const arm::ResourceId subnet = arm::linked_id(subnet_text, "properties.ipConfigurations.subnet.id");
    const Prefix prefix = subnet_prefix(session, subnet, interface);
    std::set<std::uint32_t> taken = taken_in(session, subnet, interface);
    taken.insert(given_now.begin(), given_now.end());
    const std::string configuration = interface.text() + "/ipConfigurations/" + text_at(item, "name");
    const bool fixed = iequals(text_at(properties, "privateIPAllocationMethod"), "Static");
    properties["privateIPAllocationMethod"] = fixed ? "Static" : "Dynamic";
    const std::string wanted = fixed ? text_at(properties, "privateIPAddress") : address_before;
    if (!wanted.empty() && (fixed || prefix.contains(parse_address(wanted).value_or(0)))) {
        check_wanted(wanted, prefix, taken, configuration);
        properties["privateIPAddress"] = wanted;
    } else {
        properties["privateIPAddress"] = free_address(prefix, taken, subnet);
    }
    given_now.insert(*parse_address(properties["privateIPAddress"].get<std::string>()));
    if (!properties.contains("privateIPAddressVersion")) properties["privateIPAddressVersion"] = "IPv4";
    check_public_address(session, id_at(properties, "publicIPAddress"), interface);
}

std::string address_before(const std::optional<arm::Resource>& interface, const std::string& name) {
    if (!interface) return {};
    for (const Configuration& item : configurations_of(*interface))
        if (item.id.ends_with("/" + name)) return item.address;
    return {};
}

void add_defaults(Json& properties) {
    static const Json defaults = {{"dnsSettings", {{"dnsServers", Json::array()}}},
                                  {"vnetEncryptionSupported", false},
                                  {"enableIPForwarding", false},
                                  {"disableTcpStateTracking", false},
                                  {"hostedWorkloads", Json::array()},
                                  {"tapConfigurations", Json::array()},
                                  {"nicType", "Standard"},
                                  {"allowPort25Out", true},
                                  {"auxiliaryMode", "None"},
                                  {"auxiliarySku", "None"}};
    for (const auto& [name, value] : defaults.items())
        if (!properties.contains(name) || properties[name].is_null()) properties[name] = value;
    Json& dns = properties["dnsSettings"];
    if (!dns.contains("dnsServers")) dns["dnsServers"] = Json::array();
    dns["appliedDnsServers"] = Json::array();
}

Json shown(Session& session, const arm::Resource& interface) {
    Json body = network_wire(interface);
    Json& properties = body["properties"];
    for (Json& item : properties["ipConfigurations"]) {
        item["id"] = interface.id.text() + "/ipConfigurations/" + text_at(item, "name");
        item["etag"] = body["etag"];
        item["type"] = "Microsoft.Network/networkInterfaces/ipConfigurations";
        item["properties"]["provisioningState"] = "Succeeded";
    }
    const std::optional<arm::Resource> machine = machine_using(session, interface.id);
    if (machine) {
        properties["macAddress"] = mac_address(interface.id.key());
        properties["primary"] = true;
        properties["virtualMachine"] = {{"id", machine->id.text()}};
    }
    body["kind"] = "Regular";
    return body;
}

}  // namespace

void check_interface(Session& session, const arm::ResourceId& id, const Json& body) {
    const std::string action = id.type() + "/write";
    arm::authorise_linked(session, action, id.text(), "Microsoft.Network/virtualNetworks/subnets/join/action",
                          named_ids(body, "subnet"));
    arm::authorise_linked(session, action, id.text(), "Microsoft.Network/publicIPAddresses/join/action",
                          named_ids(body, "publicIPAddress"));
    const std::string group = id_at(body, "properties.networkSecurityGroup");
    if (!group.empty())
        arm::authorise_linked(session, action, id.text(),
                              "Microsoft.Network/networkSecurityGroups/join/action", {group});
}

Json put_interface(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    check_interface(session, id, body);
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    arm::Resource interface = arm::resource_from(session, id, body);
    Json properties = Json::parse(interface.properties);
    if (!properties.contains("ipConfigurations") || properties["ipConfigurations"].empty())
        throw Error(fault::invalid_request_content,
                    fmt::format("Network interface {} must have at least one IP configuration.",
                                interface.id.name()));
    const std::string group = id_at(properties, "networkSecurityGroup");
    if (!group.empty())
        arm::require_reference(session, arm::linked_id(group, "properties.networkSecurityGroup.id"),
                               interface.id);
    std::set<std::uint32_t> given_now;
    bool first = true;
    for (Json& item : properties["ipConfigurations"]) {
        place(session, item, interface.id, given_now, address_before(before, text_at(item, "name")));
        item["properties"]["primary"] = first;
        first = false;
    }
    add_defaults(properties);
    properties["dnsSettings"]["internalDomainNameSuffix"] =
        domain_label(interface.id.group_scope()) + ".dx.internal.cloudapp.net";
    for (const char* shown_only : {"macAddress", "primary", "virtualMachine"}) properties.erase(shown_only);
    keep(session, interface, std::move(properties));
    return shown(session, interface);
}

Json get_interface(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    return shown(session, arm::require_resource(session, id));
}

bool remove_interface(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    const std::optional<arm::Resource> interface = session.arm.find_resource(id);
    if (!interface) return false;
    const std::optional<arm::Resource> machine = machine_using(session, interface->id);
    if (machine)
        throw Error(
            fault::nic_in_use,
            fmt::format("Network Interface {} is used by existing resource {}. In order to delete the "
                        "network interface, it must be dissociated from the resource. To learn more, see "
                        "aka.ms/deletenic.",
                        interface->id.text(), machine->id.text()));
    arm::erase(session, *interface);
    return true;
}

Addresses addresses_of(Session& session, std::string_view interface_id) {
    Addresses found;
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(interface_id);
    const std::optional<arm::Resource> interface = id ? session.arm.find_resource(*id) : std::nullopt;
    if (!interface) return found;
    rbac::authorise(session, std::string(interface_type) + "/read", interface->id.text());
    found.mac = mac_address(interface->id.key());
    const Json properties = Json::parse(interface->properties);
    for (const Json& item : properties.value("ipConfigurations", Json::array())) {
        found.private_addresses.push_back(text_at(item["properties"], "privateIPAddress"));
        const std::optional<arm::ResourceId> public_id =
            arm::ResourceId::parse(id_at(item, "properties.publicIPAddress"));
        const std::optional<arm::Resource> address =
            public_id ? session.arm.find_resource(*public_id) : std::nullopt;
        if (!address) continue;
        rbac::authorise(session, "Microsoft.Network/publicIPAddresses/read", address->id.text());
        const Json shown_address = Json::parse(address->properties);
        const Json* dns = find(shown_address, "dnsSettings");
        const Json zones = address->zones.empty() ? Json::array() : Json::parse(address->zones);
        const Json* option = find(item, "properties.publicIPAddress.properties.deleteOption");
        found.public_addresses.push_back(
            {address->id.text(), address->id.name(), text_at(shown_address, "ipAddress"),
             text_at(shown_address, "publicIPAllocationMethod"),
             dns == nullptr ? std::string() : text_at(*dns, "fqdn"),
             zones.empty() ? std::string() : zones[0].get<std::string>(),
             option != nullptr && option->is_string() ? option->get<std::string>() : std::string()});
    }
    return found;
}

}  // namespace azid::network
