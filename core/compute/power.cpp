#include "core/compute/power.hpp"

#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/compute/ports.hpp"
#include "core/compute/virtual_machines.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::compute {

namespace {

VirtualMachine machine_for(Session& session, const arm::ResourceId& id, std::string_view action) {
    rbac::authorise(session, fmt::format("{}/{}/action", id.type(), action), id.text());
    const arm::Resource resource = arm::require_resource(session, id);
    const std::optional<VirtualMachine> machine = session.compute.find_virtual_machine(resource.id.text());
    if (!machine) throw Error(fault::not_found, "The entity was not found in this Azure location.");
    return *machine;
}

void refuse_generalized(const VirtualMachine& machine, std::string_view operation) {
    if (!machine.generalized) return;
    const std::string& id = machine.resource_id;
    throw Error(fault::operation_not_allowed,
                fmt::format("Operation '{}' is not allowed on VM '{}' since the VM is generalized.",
                            operation, id.substr(id.rfind('/') + 1)));
}

Json turn(Session& session, VirtualMachine machine, std::string_view state) {
    if (machine.power_state == state) return nullptr;
    machine.power_state = state;
    session.compute.save(machine);
    session.note("compute", fmt::format("virtual machine {}", state), machine.resource_id);
    return nullptr;
}

}  // namespace

Json start_machine(Session& session, const arm::ResourceId& id, const Json&) {
    VirtualMachine machine = machine_for(session, id, "start");
    refuse_generalized(machine, "start");
    return turn(session, std::move(machine), running);
}

Json power_off_machine(Session& session, const arm::ResourceId& id, const Json&) {
    VirtualMachine machine = machine_for(session, id, "powerOff");
    return machine.power_state == deallocated ? Json(nullptr) : turn(session, std::move(machine), stopped);
}

Json deallocate_machine(Session& session, const arm::ResourceId& id, const Json&) {
    return turn(session, machine_for(session, id, "deallocate"), deallocated);
}

Json restart_machine(Session& session, const arm::ResourceId& id, const Json&) {
    const VirtualMachine machine = machine_for(session, id, "restart");
    refuse_generalized(machine, "restart");
    if (machine.power_state != running)
        throw Error(fault::operation_not_allowed,
                    "The operation requires the VM to be running (or set to run).");
    session.note("compute", "virtual machine restarted", machine.resource_id);
    return nullptr;
}

Json redeploy_machine(Session& session, const arm::ResourceId& id, const Json&) {
    VirtualMachine machine = machine_for(session, id, "redeploy");
    refuse_generalized(machine, "redeploy");
    return turn(session, std::move(machine), running);
}

Json reapply_machine(Session& session, const arm::ResourceId& id, const Json&) {
    machine_for(session, id, "reapply");
    return nullptr;
}

Json generalize_machine(Session& session, const arm::ResourceId& id, const Json&) {
    VirtualMachine machine = machine_for(session, id, "generalize");
    machine.generalized = true;
    session.compute.save(machine);
    session.note("compute", "virtual machine generalized", machine.resource_id);
    return nullptr;
}

Json evict_machine(Session& session, const arm::ResourceId& id, const Json&) {
    VirtualMachine machine = machine_for(session, id, "simulateEviction");
    const arm::Resource resource = arm::require_resource(session, id);
    const Json properties = Json::parse(resource.properties);
    if (text_at(properties, "priority") != "Spot" && text_at(properties, "priority") != "Low")
        throw Error(fault::operation_not_allowed,
                    fmt::format("Operation 'simulateEviction' is not allowed on VM '{}' since its priority "
                                "is not Spot.",
                                resource.id.name()));
    if (text_at(properties, "evictionPolicy") != "Delete")
        return turn(session, std::move(machine), deallocated);
    vanish_machine(session, resource);
    return nullptr;
}

Json convert_machine(Session& session, const arm::ResourceId& id, const Json&) {
    machine_for(session, id, "convertToManagedDisks");
    const Json properties = Json::parse(arm::require_resource(session, id).properties);
    if (find(properties, "storageProfile.osDisk.vhd") == nullptr)
        throw Error(fault::operation_not_allowed,
                    fmt::format("The VM '{}' already uses managed disks.", id.name()));
    throw Error(fault::not_modelled,
                "azid keeps no content of unmanaged disks that could become managed ones.");
}

Json capture_machine(Session& session, const arm::ResourceId& id, const Json&) {
    machine_for(session, id, "capture");
    throw Error(fault::operation_not_allowed,
                "Capture API is only supported on VMs with blob based OS and Data disks. Please use Image "
                "resources instead to create Images from a managed Virtual Machine.");
}

void check_run_command(Session& session, const arm::ResourceId& id, const Json& body) {
    const VirtualMachine machine = machine_for(session, id, "runCommand");
    const std::string command = text_at(body, "commandId");
    if (command.empty())
        throw Error(fault::invalid_parameter, "Required parameter 'commandId' is missing (null).")
            .with_target("commandId");
    if (machine.power_state != running)
        throw Error(fault::operation_not_allowed,
                    "The operation requires the VM to be running (or set to run).");
    if (!iequals(command, "RunShellScript") && !iequals(command, "ifconfig"))
        throw Error(
            fault::not_modelled,
            fmt::format("azid runs shell scripts in machines (RunShellScript, ifconfig), but not '{}'.",
                        command));
}

Json run_command(Session& session, const arm::ResourceId& id, const Json& body) {
    check_run_command(session, id, body);
    throw GuestWanted{id, compact(body)};
}

}  // namespace azid::compute
