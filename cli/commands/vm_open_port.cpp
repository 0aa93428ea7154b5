#include "cli/commands/aaz.hpp"
#include "cli/commands/vm.hpp"
#include "cli/commands/vm_shape.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/virtual_machines.hpp"
#include "core/crypto/key.hpp"
#include "core/network/network.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace azid::commands {

namespace {

arm::ResourceId require_id(const std::string& text) {
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(text);
    if (!id) throw Error(fault::client, fmt::format("invalid resource ID: {}", text));
    return *id;
}

std::string only_interface(const app::Context& context, const Json& machine) {
    const std::vector<std::string> interfaces = interfaces_of(machine);
    if (interfaces.size() > 1)
        throw Error(fault::client,
                    "Multiple NICs is not supported for this command. Create rules on the NSG directly.");
    if (interfaces.empty())
        throw Error(fault::client,
                    fmt::format("No NIC associated with VM '{}'", context.args.text("vm_name")));
    return interfaces.front();
}

// The name that az makes up: the machine's, and the beginning of the hash of its id.
std::string default_name(const app::Context& context) {
    return fmt::format("{}_NSG_{}", context.args.text("vm_name"),
                       hex_lower(crypto::sha256(machine_id(context).text())).substr(0, 8));
}

// The security group of the interface or subnet; one is made and put there where there is none.
arm::ResourceId security_group(app::Context& context, const std::string& location, const Json& owner,
                               const arm::ResourceId& owner_id, bool is_subnet) {
    Session& session = context.session();
    const Json* group = find(owner, "properties.networkSecurityGroup.id");
    if (group != nullptr && group->is_string()) return require_id(group->get<std::string>());
    const std::string given = context.args.text("network_security_group_name");
    const arm::ResourceId made(context.subscription, context.args.text("resource_group_name"),
                               "Microsoft.Network",
                               {{"networkSecurityGroups", given.empty() ? default_name(context) : given}});
    network::put_security_group(session, made, {{"location", location}, {"properties", Json::object()}});
    Json changed = owner;
    changed["properties"]["networkSecurityGroup"] = {{"id", made.text()}};
    if (is_subnet)
        network::put_subnet(session, owner_id, changed);
    else
        network::put_interface(session, owner_id, changed);
    return made;
}

Json open_rule(const app::Args& args) {
    const std::string port = args.text("port");
    Json properties = {{"protocol", "*"},
                       {"access", "Allow"},
                       {"direction", "Inbound"},
                       {"sourcePortRange", "*"},
                       {"sourceAddressPrefix", "*"},
                       {"destinationAddressPrefix", "*"},
                       {"priority", args.number("priority")}};
    if (port.find(',') == std::string::npos)
        properties["destinationPortRange"] = port;
    else
        properties["destinationPortRanges"] = split(port, ',');
    return {{"properties", std::move(properties)}};
}

}  // namespace

Json vm_open_port(app::Context& context) {
    Session& session = context.session();
    const Json machine = compute::get_machine(session, machine_id(context));
    const arm::ResourceId interface_id = require_id(only_interface(context, machine));
    const Json interface = network::get_interface(session, interface_id);
    const bool to_subnet = context.args.flag("apply_to_subnet");
    arm::ResourceId owner_id = interface_id;
    Json owner = interface;
    if (to_subnet) {
        const Json& configuration = interface["properties"]["ipConfigurations"][0];
        owner_id = require_id(text_at(configuration["properties"]["subnet"], "id"));
        owner = network::get_subnet(session, owner_id);
    }
    const arm::ResourceId group =
        security_group(context, text_at(machine, "location"), owner, owner_id, to_subnet);
    const std::string port = context.args.text("port");
    const std::string rule = port == "*" ? "open-port-all" : "open-port-" + replace_all(port, ",", "_");
    network::put_security_rule(session, group.child("securityRules", rule), open_rule(context.args));
    return aaz_shaped(network::get_security_group(session, group));
}

}  // namespace azid::commands
