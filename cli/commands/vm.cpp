#include "cli/commands/vm.hpp"

#include "cli/commands/vm_shape.hpp"
#include "core/base/text.hpp"
#include "core/compute/power.hpp"
#include "core/compute/virtual_machines.hpp"
#include "core/network/network.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr compute::Expand with_instance_view{.instance_view = true, .user_data = false};

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json addresses_entry(app::Context& context, const Json& body) {
    Json private_addresses = Json::array();
    Json public_addresses = Json::array();
    for (const std::string& id : interfaces_of(body)) {
        const network::Addresses addresses = network::addresses_of(context.session(), id);
        for (const std::string& address : addresses.private_addresses) private_addresses.push_back(address);
        for (const network::PublicAddress& address : addresses.public_addresses)
            public_addresses.push_back({{"id", address.id},
                                        {"ipAddress", text_or_null(address.address)},
                                        {"ipAllocationMethod", address.allocation},
                                        {"name", address.name},
                                        {"resourceGroup", arm::group_of(address.id)},
                                        {"zone", text_or_null(address.zone)}});
    }
    const std::string id = text_at(body, "id");
    return {{"virtualMachine",
             {{"name", text_at(body, "name")},
              {"network",
               {{"privateIpAddresses", std::move(private_addresses)},
                {"publicIpAddresses", std::move(public_addresses)}}},
              {"resourceGroup", arm::group_of(id)}}}};
}

}  // namespace

Json vm_show(app::Context& context) {
    const bool details = context.args.flag("show_details");
    const Json body = compute::show_machine(
        context.session(), machine_id(context),
        {.instance_view = details, .user_data = context.args.flag("include_user_data")});
    return details ? with_details(context, body) : shaped_machine(body);
}

Json vm_list(app::Context& context) {
    const bool details = context.args.flag("show_details");
    Json machines = Json::array();
    for (const Json& body :
         compute::list_machines(context.session(), context.subscription,
                                context.args.text("resource_group_name"), {.instance_view = details}))
        machines.push_back(details ? with_details(context, body) : shaped_machine(body));
    return machines;
}

Json vm_delete(app::Context& context) {
    compute::remove_machine(context.session(), machine_id(context));
    return nullptr;
}

Json vm_start(app::Context& context) {
    return compute::start_machine(context.session(), machine_id(context), {});
}

Json vm_stop(app::Context& context) {
    context.messages.warn(
        "About to power off the specified VM...\n"
        "It will continue to be billed. To deallocate a VM, run: az vm deallocate.");
    return compute::power_off_machine(context.session(), machine_id(context), {});
}

Json vm_deallocate(app::Context& context) {
    return compute::deallocate_machine(context.session(), machine_id(context), {});
}

Json vm_restart(app::Context& context) {
    if (context.args.flag("force"))
        return compute::redeploy_machine(context.session(), machine_id(context), {});
    return compute::restart_machine(context.session(), machine_id(context), {});
}

Json vm_redeploy(app::Context& context) {
    return compute::redeploy_machine(context.session(), machine_id(context), {});
}

Json vm_reapply(app::Context& context) {
    return compute::reapply_machine(context.session(), machine_id(context), {});
}

Json vm_generalize(app::Context& context) {
    return compute::generalize_machine(context.session(), machine_id(context), {});
}

Json vm_simulate_eviction(app::Context& context) {
    return compute::evict_machine(context.session(), machine_id(context), {});
}

Json vm_convert(app::Context& context) {
    return compute::convert_machine(context.session(), machine_id(context), {});
}

Json vm_get_instance_view(app::Context& context) {
    return shaped_machine(compute::show_machine(context.session(), machine_id(context), with_instance_view));
}

Json vm_list_ip_addresses(app::Context& context) {
    Json machines = Json::array();
    // az looks through the interfaces of the subscription: a group that is missing has none.
    const std::string wanted = context.args.text("vm_name");
    const std::string group = context.args.text("resource_group_name");
    for (const Json& body : compute::list_machines(context.session(), context.subscription, ""))
        if ((wanted.empty() || iequals(text_at(body, "name"), wanted)) &&
            (group.empty() || iequals(arm::group_of(text_at(body, "id")), group)))
            machines.push_back(addresses_entry(context, body));
    return machines;
}

}  // namespace azid::commands
