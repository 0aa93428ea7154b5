#include "core/compute/power.hpp"

#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/compute/ports.hpp"
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

Json turn(Session& session, VirtualMachine machine, std::string_view state) {
    if (machine.power_state == state) return nullptr;
    machine.power_state = state;
    session.compute.save(machine);
    session.note("compute", fmt::format("virtual machine {}", state), machine.resource_id);
    return nullptr;
}

}  // namespace

Json start_machine(Session& session, const arm::ResourceId& id, const Json&) {
    return turn(session, machine_for(session, id, "start"), running);
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
    if (machine.power_state != running)
        throw Error(fault::operation_not_allowed,
                    "The operation requires the VM to be running (or set to run).");
    session.note("compute", "virtual machine restarted", machine.resource_id);
    return nullptr;
}

Json redeploy_machine(Session& session, const arm::ResourceId& id, const Json&) {
    return turn(session, machine_for(session, id, "redeploy"), running);
}

Json reapply_machine(Session& session, const arm::ResourceId& id, const Json&) {
    machine_for(session, id, "reapply");
    return nullptr;
}

}  // namespace azid::compute
