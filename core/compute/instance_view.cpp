#include "core/arm/model.hpp"
#include "core/compute/extensions.hpp"
#include "core/compute/ports.hpp"
#include "core/compute/power.hpp"
#include "core/compute/profile.hpp"
#include "core/compute/virtual_machines.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::compute {

namespace {

Json provisioned(Instant at) {
    return {{"code", "ProvisioningState/succeeded"},
            {"level", "Info"},
            {"displayStatus", "Provisioning succeeded"},
            {"time", az_iso(at)}};
}

Json agent(Instant at) {
    Json status = {{"code", "ProvisioningState/succeeded"},
                   {"level", "Info"},
                   {"displayStatus", "Ready"},
                   {"message", "Guest Agent is running"},
                   {"time", az_iso(std::chrono::floor<std::chrono::seconds>(at))}};
    return {{"vmAgentVersion", "2.9.1.1"},
            {"statuses", Json::array({std::move(status)})},
            {"extensionHandlers", Json::array()}};
}

Json disk_view(const Json& disk, Instant at) {
    return {{"name", text_at(disk, "name")}, {"statuses", Json::array({provisioned(at)})}};
}

}  // namespace

Json instance_view(Session& session, const arm::Resource& machine) {
    const Json properties = Json::parse(machine.properties);
    const VirtualMachine row =
        session.compute.find_virtual_machine(machine.id.text()).value_or(VirtualMachine{});
    const std::optional<Image> image = image_of(properties);
    Json view = Json::object();
    if (row.power_state == running) {
        view["computerName"] = row.computer_name;
        if (image) {
            view["osName"] = image->os_name;
            view["osVersion"] = image->os_version;
        }
        view["vmAgent"] = agent(machine.created);
    }
    view["disks"] = Json::array();
    const Json* os_disk = find(properties, "storageProfile.osDisk");
    if (os_disk != nullptr) view["disks"].push_back(disk_view(*os_disk, machine.created));
    const Json* disks = find(properties, "storageProfile.dataDisks");
    if (disks != nullptr)
        for (const Json& disk : *disks) view["disks"].push_back(disk_view(disk, machine.created));
    const std::vector<arm::Resource> extensions = extensions_of(session, machine.id);
    for (const arm::Resource& extension : extensions) view["extensions"].push_back(extension_view(extension));
    view["hyperVGeneration"] = image ? image->generation : "V1";
    view["statuses"] = Json::array();
    if (row.generalized)
        view["statuses"].push_back(
            {{"code", "OSState/generalized"}, {"level", "Info"}, {"displayStatus", "VM generalized"}});
    view["statuses"].push_back(provisioned(machine.changed));
    view["statuses"].push_back({{"code", fmt::format("PowerState/{}", row.power_state)},
                                {"level", "Info"},
                                {"displayStatus", fmt::format("VM {}", row.power_state)}});
    return view;
}

}  // namespace azid::compute
