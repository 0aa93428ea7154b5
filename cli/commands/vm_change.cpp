#include "cli/commands/vm_change.hpp"

#include "cli/commands/generic_update.hpp"
#include "cli/commands/vm.hpp"
#include "cli/commands/vm_shape.hpp"
#include "cli/commands/wait.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/virtual_machines.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace azid::commands {

namespace {

std::string compute_id(const app::Context& context, const char* type, const std::string& name_or_id) {
    if (name_or_id.starts_with('/')) return name_or_id;
    return fmt::format("{}/providers/Microsoft.Compute/{}/{}", context.group_scope(), type, name_or_id);
}

// The value of a disk among "None os=ReadOnly 0=ReadWrite": the disk's own, else the one for all.
std::optional<std::string> value_for(const std::vector<std::string>& given, const std::string& disk) {
    std::optional<std::string> found;
    for (const std::string& item : given) {
        const std::size_t equals = item.find('=');
        if (equals == std::string::npos)
            found = item;
        else if (item.substr(0, equals) == disk)
            return item.substr(equals + 1);
    }
    return found;
}

// --disk-caching and --write-accelerator, laid over every disk that they speak of.
void set_on_disks(const app::Args& args, const char* key, const char* member, bool boolean, Json& machine) {
    if (!args.given(key)) return;
    const std::vector<std::string> given = args.list(key);
    const auto put = [&](Json& disk, const std::string& name) {
        const std::optional<std::string> value = value_for(given, name);
        if (value) disk[member] = boolean ? Json(iequals(*value, "true")) : Json(*value);
    };
    Json& storage = machine["storageProfile"];
    put(storage["osDisk"], "os");
    if (storage["dataDisks"].is_array())
        for (Json& disk : storage["dataDisks"]) put(disk, compact(disk["lun"]));
}

void set_os_disk(const app::Context& context, Json& machine) {
    if (!context.args.given("os_disk")) return;
    const std::string id = compute_id(context, "disks", context.args.text("os_disk"));
    machine["storageProfile"]["osDisk"]["managedDisk"]["id"] = id;
    machine["storageProfile"]["osDisk"]["name"] = id.substr(id.rfind('/') + 1);
}

// Options whose value goes to one place as it is.
struct Plain {
    const char* key;
    const char* pointer;
    enum { text, flag, integer, real } kind;
};
constexpr Plain plain_options[] = {
    {"license_type", "/licenseType", Plain::text},
    {"priority", "/priority", Plain::text},
    {"max_price", "/billingProfile/maxPrice", Plain::real},
    {"ultra_ssd_enabled", "/additionalCapabilities/ultraSsdEnabled", Plain::flag},
    {"enable_hibernation", "/additionalCapabilities/hibernationEnabled", Plain::flag},
    {"v_cpus_available", "/hardwareProfile/vmSizeProperties/vCpUsAvailable", Plain::integer},
    {"v_cpus_per_core", "/hardwareProfile/vmSizeProperties/vCpUsPerCore", Plain::integer},
    {"disk_controller_type", "/storageProfile/diskControllerType", Plain::text},
    {"align_regional_disks_to_vm_zone", "/storageProfile/alignRegionalDisksToVmZone", Plain::flag},
    {"enable_proxy_agent", "/securityProfile/proxyAgentSettings/enabled", Plain::flag},
    {"proxy_agent_mode", "/securityProfile/proxyAgentSettings/mode", Plain::text},
    {"key_incarnation_id", "/securityProfile/proxyAgentSettings/keyIncarnationId", Plain::integer},
    {"wire_server_mode", "/securityProfile/proxyAgentSettings/wireServer/mode", Plain::text},
    {"imds_mode", "/securityProfile/proxyAgentSettings/imds/mode", Plain::text},
    {"wire_server_access_control_profile_reference_id",
     "/securityProfile/proxyAgentSettings/wireServer/inVmAccessControlProfileReferenceId", Plain::text},
    {"imds_access_control_profile_reference_id",
     "/securityProfile/proxyAgentSettings/imds/inVmAccessControlProfileReferenceId", Plain::text},
    {"additional_scheduled_events",
     "/scheduledEventsPolicy/scheduledEventsAdditionalPublishingTargets/eventGridAndResourceGraph/enable",
     Plain::flag},
    {"enable_user_reboot_scheduled_events", "/scheduledEventsPolicy/userInitiatedReboot/automaticallyApprove",
     Plain::flag},
    {"enable_user_redeploy_scheduled_events",
     "/scheduledEventsPolicy/userInitiatedRedeploy/automaticallyApprove", Plain::flag},
};

void set_plain(const app::Args& args, Json& machine) {
    for (const Plain& option : plain_options) {
        if (!args.given(option.key)) continue;
        Json& place = machine[Json::json_pointer(option.pointer)];
        switch (option.kind) {
            case Plain::text:
                place = args.text(option.key);
                break;
            case Plain::flag:
                place = args.flag(option.key);
                break;
            case Plain::integer:
                place = args.number(option.key);
                break;
            case Plain::real:
                place = args.real(option.key);
                break;
        }
    }
}

// --host and --host-group take each other's place.
void set_references(const app::Context& context, Json& machine) {
    const app::Args& args = context.args;
    if (args.given("proximity_placement_group"))
        machine["proximityPlacementGroup"] = {
            {"id", compute_id(context, "proximityPlacementGroups", args.text("proximity_placement_group"))}};
    if (args.given("dedicated_host")) {
        machine["host"] = {{"id", args.text("dedicated_host")}};
        machine["hostGroup"] = nullptr;
    }
    if (args.given("dedicated_host_group")) {
        machine["hostGroup"] = {{"id", compute_id(context, "hostGroups", args.text("dedicated_host_group"))}};
        machine["host"] = nullptr;
    }
    if (!args.given("capacity_reservation_group")) return;
    const std::string group = args.text("capacity_reservation_group");
    machine["capacityReservation"] = nullptr;
    if (group != "None")
        machine["capacityReservation"]["capacityReservationGroup"]["id"] =
            compute_id(context, "capacityReservationGroups", group);
}

void set_security(const app::Args& args, Json& machine) {
    const std::string type = args.text("security_type");
    std::optional<bool> boot = args.three_state("enable_secure_boot");
    std::optional<bool> vtpm = args.three_state("enable_vtpm");
    if (type == "TrustedLaunch") {
        const Json* now = find(machine, "securityProfile.securityType");
        if (now != nullptr && *now == "ConfidentialVM")
            throw Error(fault::client,
                        fmt::format("{} is already configured with ConfidentialVM. Security Configuration "
                                    "cannot be updated from ConfidentialVM to TrustedLaunch.",
                                    text_at(machine, "name")));
        if (!boot) boot = true;
        if (!vtpm) vtpm = true;
    }
    if (!type.empty()) machine["securityProfile"]["securityType"] = type;
    if (type == "Standard") {
        machine["securityProfile"]["uefiSettings"] = nullptr;
        return;
    }
    if (!boot && !vtpm) return;
    machine["securityProfile"]["uefiSettings"] = {{"secureBootEnabled", boot ? Json(*boot) : Json()},
                                                  {"vTpmEnabled", vtpm ? Json(*vtpm) : Json()}};
}

void set_size(app::Context& context, Json& machine) {
    const app::Args& args = context.args;
    if (args.given("size")) {
        if (text_at(machine["hardwareProfile"], "vmSize") == args.text("size"))
            context.messages.warn(fmt::format("VM size is already {}", args.text("size")));
        machine["hardwareProfile"]["vmSize"] = args.text("size");
    }
    if (!args.given("ephemeral_os_disk_placement")) return;
    Json& disk = machine["storageProfile"]["osDisk"];
    if (!disk.contains("diffDiskSettings") || disk["diffDiskSettings"].is_null())
        throw Error(fault::client,
                    "Please update the argument '--ephemeral-os-disk-placement' when creating VM with the "
                    "option '--ephemeral-os-disk true'");
    disk["diffDiskSettings"]["placement"] = args.text("ephemeral_os_disk_placement");
}

void check_host(const app::Args& args) {
    if (args.given("dedicated_host") && args.given("dedicated_host_group"))
        throw Error(fault::client, "usage error: --host and --host-group can't be used together.");
}

// A member that Azure does not know stops the whole request there.
void refuse_unknown(const Json& shown, const Json& known) {
    for (const auto& [name, member] : shown.items())
        if (!known.contains(name))
            throw Error(fault::invalid_request_content,
                        fmt::format("The request content was invalid and could not be deserialized: 'Could "
                                    "not find member '{}' on object of type 'ResourceDefinition'. Path "
                                    "'{}', line 1, position {}.'.",
                                    name, name, compact(shown).find("\"" + name + "\"") + name.size() + 3));
}

}  // namespace

Json machine_to_change(app::Context& context, const arm::ResourceId& id) {
    Json machine = shaped_machine(compute::show_machine(context.session(), id, {}));
    machine["storageProfile"]["imageReference"] = nullptr;
    return machine;
}

Json write_machine(app::Context& context, const arm::ResourceId& id, const Json& shown) {
    return shaped_machine(compute::put_machine(context.session(), id, arm_machine(shown)));
}

Json vm_update(app::Context& context) {
    const app::Args& args = context.args;
    check_host(args);
    const arm::ResourceId id = machine_id(context);
    Json machine = machine_to_change(context, id);
    const Json known = machine;
    set_os_disk(context, machine);
    set_security(args, machine);
    set_on_disks(args, "write_accelerator", "writeAcceleratorEnabled", true, machine);
    set_on_disks(args, "disk_caching", "caching", false, machine);
    set_plain(args, machine);
    set_references(context, machine);
    set_size(context, machine);
    if (args.given("user_data")) machine["userData"] = base64(args.text("user_data"));
    apply_generic_update(context, machine);
    refuse_unknown(machine, known);
    Json changed = write_machine(context, id, machine);
    return args.flag("no_wait") ? Json() : changed;
}

Json vm_resize(app::Context& context) {
    const arm::ResourceId id = machine_id(context);
    Json machine = machine_to_change(context, id);
    const std::string size = context.args.text("size");
    if (text_at(machine["hardwareProfile"], "vmSize") == size) {
        context.messages.warn(fmt::format("VM is already {}", size));
        return nullptr;
    }
    machine["hardwareProfile"]["vmSize"] = size;
    Json changed = write_machine(context, id, machine);
    return context.args.flag("no_wait") ? Json() : changed;
}

Json vm_wait(app::Context& context) {
    return wait_for(context, [&] {
        return shaped_machine(
            compute::show_machine(context.session(), machine_id(context), {.instance_view = true}));
    });
}

}  // namespace azid::commands
