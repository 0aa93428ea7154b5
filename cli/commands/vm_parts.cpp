#include "cli/commands/aaz.hpp"
#include "cli/commands/vm.hpp"
#include "cli/commands/vm_change.hpp"
#include "cli/commands/vm_shape.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/virtual_machines.hpp"
#include "core/network/network.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace azid::commands {

namespace {

constexpr int new_disk_gb = 1023;  // what az makes when no size is said

// Data disks.

int free_lun(const Json& disks) {
    std::set<int> used;
    for (const Json& disk : disks) used.insert(disk.value("lun", 0));
    int lun = 0;
    while (used.contains(lun)) ++lun;
    return lun;
}

std::vector<std::string> disks_to_attach(const app::Args& args) {
    for (const char* key : {"disk_ids", "disks", "ids"})
        if (!args.list(key).empty()) return args.list(key);
    if (!args.given("disk"))
        throw Error(fault::client, "usage error: --name/-n NAME_OR_ID | --disks NAME_OR_ID ...");
    return {args.text("disk")};
}

Json data_disk(const app::Context& context, const std::string& name_or_id, const Json& others) {
    const app::Args& args = context.args;
    const std::string id = named_or_id(context, "Microsoft.Compute/disks", name_or_id);
    Json disk = {{"lun", args.given("lun") ? args.number("lun") : free_lun(others)}};
    if (args.flag("new")) {
        disk["createOption"] = "Empty";
        disk["name"] = id.substr(id.rfind('/') + 1);
        disk["diskSizeGb"] = args.given("size_gb") ? args.number("size_gb") : new_disk_gb;
        if (args.given("sku")) disk["managedDisk"]["storageAccountType"] = args.text("sku");
    } else {
        disk["createOption"] = "Attach";
        disk["managedDisk"]["id"] = id;
    }
    if (args.given("caching")) disk["caching"] = args.text("caching");
    if (args.flag("enable_write_accelerator")) disk["writeAcceleratorEnabled"] = true;
    return disk;
}

// Network interfaces.

std::string interface_id(app::Context& context, const std::string& name_or_id) {
    const std::string text = named_or_id(context, "Microsoft.Network/networkInterfaces", name_or_id);
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(text);
    if (!id) throw Error(fault::client, fmt::format("invalid resource ID: {}", text));
    return text_at(network::get_interface(context.session(), *id), "id");
}

std::vector<std::string> interface_ids(app::Context& context) {
    std::vector<std::string> ids;
    for (const std::string& nic : context.args.list("nics")) ids.push_back(interface_id(context, nic));
    return ids;
}

Json references_of(const Json& machine) {
    const Json* list = find(machine, "networkProfile.networkInterfaces");
    return list != nullptr && list->is_array() ? *list : Json::array();
}

bool names(const Json& reference, const std::string& id) { return iequals(text_at(reference, "id"), id); }

// The one that --primary-nic names is primary and no other; without it the first, unless one is already.
void choose_primary(app::Context& context, Json& references) {
    const std::string wanted = context.args.text("primary_nic");
    if (wanted.empty()) {
        const bool chosen = std::any_of(references.begin(), references.end(), [](const Json& reference) {
            return reference.contains("primary") && reference["primary"] == true;
        });
        if (!chosen && !references.empty()) references[0]["primary"] = true;
        return;
    }
    const std::string id = named_or_id(context, "Microsoft.Network/networkInterfaces", wanted);
    if (std::none_of(references.begin(), references.end(),
                     [&](const Json& reference) { return names(reference, id); }))
        throw Error(fault::client,
                    fmt::format("Specified Primary Nic id '{}' is not part of the VM", wanted));
    for (Json& reference : references) reference["primary"] = names(reference, id);
}

Json written_interfaces(app::Context& context, Json machine, Json references) {
    choose_primary(context, references);
    machine["networkProfile"]["networkInterfaces"] = std::move(references);
    return references_of(write_machine(context, machine_id(context), machine));
}

}  // namespace

Json vm_disk_attach(app::Context& context) {
    const arm::ResourceId id = machine_id(context);
    Json machine = machine_to_change(context, id);
    Json disks = machine["storageProfile"]["dataDisks"];
    if (!disks.is_array()) disks = Json::array();
    for (const std::string& disk : disks_to_attach(context.args))
        disks.push_back(data_disk(context, disk, disks));
    machine["storageProfile"]["dataDisks"] = std::move(disks);
    const Json written = write_machine(context, id, machine);
    return context.args.given("disk_ids") ? written.at("storageProfile") : Json();
}

Json vm_disk_detach(app::Context& context) {
    const app::Args& args = context.args;
    const arm::ResourceId id = machine_id(context);
    Json machine = machine_to_change(context, id);
    std::vector<std::string> going = args.list("disk_ids");
    if (args.given("disk_name")) going.push_back(args.text("disk_name"));
    if (going.empty()) throw Error(fault::client, "Please specify at least one of --name and --disk-ids.");
    for (const std::string& wanted : going) {
        const std::string name = wanted.substr(wanted.rfind('/') + 1);
        Json left = Json::array();
        for (const Json& disk : machine["storageProfile"]["dataDisks"])
            if (!iequals(text_at(disk, "name"), name)) left.push_back(disk);
        if (left.size() == machine["storageProfile"]["dataDisks"].size())
            throw Error(fault::client_not_found, fmt::format("No disk with the name '{}' was found", name));
        machine["storageProfile"]["dataDisks"] = std::move(left);
    }
    const Json written = write_machine(context, id, machine);
    return args.given("disk_ids") ? written.at("storageProfile") : Json();
}

Json vm_nic_list(app::Context& context) {
    return references_of(shaped_machine(compute::get_machine(context.session(), machine_id(context))));
}

Json vm_nic_show(app::Context& context) {
    const std::string nic = context.args.text("nic");
    const std::string wanted = named_or_id(context, "Microsoft.Network/networkInterfaces", nic);
    const Json machine = compute::get_machine(context.session(), machine_id(context));
    for (const std::string& id : interfaces_of(machine))
        if (const std::optional<arm::ResourceId> found = arm::ResourceId::parse(id);
            found && iequals(id, wanted))
            return aaz_shaped(network::get_interface(context.session(), *found));
    throw Error(fault::client,
                fmt::format("NIC '{}' not found on VM '{}'", nic, context.args.text("vm_name")));
}

Json vm_nic_add(app::Context& context) {
    Json machine = machine_to_change(context, machine_id(context));
    Json references = references_of(machine);
    for (const std::string& id : interface_ids(context))
        if (std::none_of(references.begin(), references.end(),
                         [&](const Json& reference) { return names(reference, id); }))
            references.push_back({{"id", id}, {"primary", false}});
    return written_interfaces(context, std::move(machine), std::move(references));
}

Json vm_nic_remove(app::Context& context) {
    Json machine = machine_to_change(context, machine_id(context));
    const std::vector<std::string> going = interface_ids(context);
    Json references = Json::array();
    for (const Json& reference : references_of(machine))
        if (std::none_of(going.begin(), going.end(),
                         [&](const std::string& id) { return names(reference, id); }))
            references.push_back(reference);
    return written_interfaces(context, std::move(machine), std::move(references));
}

Json vm_nic_set(app::Context& context) {
    Json machine = machine_to_change(context, machine_id(context));
    Json references = Json::array();
    for (const std::string& id : interface_ids(context))
        references.push_back({{"id", id}, {"primary", false}});
    return written_interfaces(context, std::move(machine), std::move(references));
}

}  // namespace azid::commands
