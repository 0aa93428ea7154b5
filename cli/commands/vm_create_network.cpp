#include "cli/commands/vm_create_plan.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

[[noreturn]] void refuse_subnet_usage() {
    throw Error(fault::client, "incorrect usage: --subnet ID | --subnet NAME --vnet-name NAME");
}

// Whether the resource is there. az asks with a GET, which takes the right to read it.
bool exists(app::Context& context, const std::string& id) {
    const std::optional<arm::ResourceId> parsed = arm::ResourceId::parse(id);
    if (!parsed) return false;
    rbac::authorise(context.session(), parsed->type() + "/read", id);
    return context.session().arm.find_resource(*parsed).has_value();
}

Json subnets_of(const arm::Resource& network) {
    return Json::parse(network.properties).value("subnets", Json::array());
}

// The first virtual network of the group in the machine's region that has a subnet to use.
bool find_network(app::Context& context, VmPlan& plan) {
    for (const arm::Resource& network :
         context.session().arm.resources(context.subscription, context.args.text("resource_group_name"),
                                         "Microsoft.Network/virtualNetworks")) {
        if (network.location != plan.location) continue;
        if (!rbac::may(context.session(), "Microsoft.Network/virtualNetworks/read", network.id.text()))
            continue;
        for (const Json& subnet : subnets_of(network)) {
            if (iequals(text_at(subnet, "name"), "gatewaysubnet")) continue;
            plan.network = Origin::existing;
            plan.subnet_id = network.id.child("subnets", text_at(subnet, "name")).text();
            return true;
        }
    }
    return false;
}

bool subnet_exists(app::Context& context, const std::string& id) {
    const std::optional<arm::ResourceId> subnet = arm::ResourceId::parse(id);
    if (!subnet || !subnet->parent()) return false;
    const std::optional<arm::Resource> network = context.session().arm.find_resource(*subnet->parent());
    if (!network) return false;
    for (const Json& known : subnets_of(*network))
        if (iequals(text_at(known, "name"), subnet->name())) return true;
    return false;
}

void plan_subnet(app::Context& context, VmPlan& plan) {
    const app::Args& args = context.args;
    const std::string network = args.text("vnet_name");
    const std::string subnet = args.text("subnet");
    if (network.find('/') != std::string::npos) refuse_subnet_usage();
    if (network.empty() && subnet.empty() && find_network(context, plan)) return;
    const bool is_id = arm::ResourceId::parse(subnet).has_value();
    if (!subnet.empty() && is_id == !network.empty()) refuse_subnet_usage();
    plan.network_name = network.empty() ? plan.name + "VNET" : network;
    plan.subnet_name = subnet.empty() ? plan.name + "Subnet" : subnet;
    plan.subnet_id =
        is_id ? subnet
              : fmt::format("{}/subnets/{}",
                            resource_id(context, "Microsoft.Network", "virtualNetworks", plan.network_name),
                            plan.subnet_name);
    const bool there = subnet_exists(context, plan.subnet_id);
    if (is_id && !there) throw Error(fault::client, fmt::format("Subnet '{}' does not exist.", subnet));
    plan.network = there ? Origin::existing : Origin::made;
}

// A name that is not given is made up, an empty one means none, another is found or will be made.
Origin plan_named(app::Context& context, const char* option, std::string_view type,
                  const std::string& default_name, std::string& id) {
    const std::optional<std::string> given = context.args.value(option);
    if (given && given->empty()) return Origin::none;
    id = resource_id(context, "Microsoft.Network", type, given ? *given : default_name);
    return given && exists(context, id) ? Origin::existing : Origin::made;
}

}  // namespace

void plan_network(app::Context& context, VmPlan& plan) {
    const app::Args& args = context.args;
    if (args.given("nics")) {
        for (const std::string& nic : args.list("nics"))
            plan.interfaces.push_back(resource_id(context, "Microsoft.Network", "networkInterfaces", nic));
        return;
    }
    plan_subnet(context, plan);
    plan.group = plan_named(context, "nsg", "networkSecurityGroups", plan.name + "NSG", plan.group_id);
    plan.address = plan_named(context, "public_ip_address", "publicIPAddresses", plan.name + "PublicIP",
                              plan.address_id);
}

}  // namespace azid::commands
