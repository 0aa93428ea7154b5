#include "core/compute/virtual_machines.hpp"

#include "core/arm/linked.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/disks.hpp"
#include "core/compute/extensions.hpp"
#include "core/compute/ports.hpp"
#include "core/compute/power.hpp"
#include "core/compute/profile.hpp"
#include "core/msi/host_identity.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::compute {

namespace {

using msi::IdentityChange;

std::string text_in(const Json& value, std::string_view path) {
    const Json* found = find(value, path);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> interface_ids(const Json& properties) {
    std::vector<std::string> ids;
    const Json* list = find(properties, "networkProfile.networkInterfaces");
    if (list != nullptr && list->is_array())
        for (const Json& item : *list) ids.push_back(text_at(item, "id"));
    return ids;
}

// Members in the order in which Compute writes them.
Json wire(Session& session, const arm::Resource& machine, Expand expand) {
    const Json envelope = arm::wire(machine);
    Json body;
    for (const char* name : {"name", "id", "type", "location", "tags", "zones", "plan"})
        if (envelope.contains(name)) body[name] = envelope[name];
    const Json identity =
        arm::identity_wire(machine.identity, arm::tenant_of(session, machine.id.subscription()));
    if (!identity.is_null()) body["identity"] = identity;
    body["properties"] = envelope["properties"];
    if (!expand.user_data) body["properties"].erase("userData");
    if (expand.instance_view) body["properties"]["instanceView"] = instance_view(session, machine);
    for (const arm::Resource& extension : extensions_of(session, machine.id))
        body["resources"].push_back(extension_wire(extension));
    body["etag"] = machine.etag;
    return body;
}

// "\"1\"", then "\"2\"": Compute counts.
std::string next_etag(const std::optional<arm::Resource>& before) {
    int count = 0;
    if (before && before->etag.size() > 2) count = std::stoi(before->etag.substr(1));
    return fmt::format("\"{}\"", count + 1);
}

void refuse_used_interfaces(Session& session, const arm::Resource& machine, const Json& properties) {
    for (const std::string& id : interface_ids(properties))
        for (const arm::Resource& other :
             session.arm.resources_naming(machine.id.subscription(), arm::Place::machine_interface, id)) {
            const std::vector<std::string> used = interface_ids(Json::parse(other.properties));
            const auto is_it = [&](const std::string& one) { return iequals(one, id); };
            if (iequals(other.id.text(), machine.id.text()) || std::none_of(used.begin(), used.end(), is_it))
                continue;
            throw Error(fault::nic_in_use,
                        fmt::format("Network Interface {} is used by existing resource {}. In order to "
                                    "delete the network interface, it must be dissociated from the resource. "
                                    "To learn more, see aka.ms/deletenic.",
                                    id, other.id.text()));
        }
}

void keep_machine(Session& session, const arm::Resource& resource, const Json& properties, bool is_new) {
    const std::optional<VirtualMachine> before = session.compute.find_virtual_machine(resource.id.text());
    VirtualMachine machine = before.value_or(VirtualMachine{});
    machine.resource_id = resource.id.text();
    machine.vm_id = text_at(properties, "vmId");
    machine.size = text_in(properties, "hardwareProfile.vmSize");
    machine.os_type = text_in(properties, "storageProfile.osDisk.osType");
    machine.image = urn_of(properties);
    machine.computer_name = text_in(properties, "osProfile.computerName");
    machine.admin_username = text_in(properties, "osProfile.adminUsername");
    if (is_new) {
        machine.power_state = running;
        machine.created = session.now;
    }
    session.compute.save(machine);
}

// The rest of a PUT or PATCH, once the caller is known to be allowed to.
Json change_machine(Session& session, const arm::ResourceId& id, const Json& body, IdentityChange change) {
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    const Json old = before ? Json::parse(before->properties) : Json();
    arm::Resource machine = arm::resource_from(session, id, body);
    Json requested = without_nulls(Json::parse(machine.properties));
    check_properties(requested, before ? &old : nullptr);
    if (change == IdentityChange::patch) {
        Json merged = old;
        merged.merge_patch(requested);
        requested = std::move(merged);
    }
    for (const std::string& interface : interface_ids(requested))
        arm::require_reference(
            session, arm::linked_id(interface, "properties.networkProfile.networkInterfaces.id"), machine.id);
    refuse_used_interfaces(session, machine, requested);
    if (!before) session.note("arm", "virtual machine requested", machine.id.text());
    if (before && !requested.contains("userData") && old.contains("userData"))
        requested["userData"] = old["userData"];
    const Json properties = completed_properties(session, machine, requested, before ? &old : nullptr);
    machine.properties = compact(properties);
    machine.etag = next_etag(before);
    msi::apply_host_identity(session, machine, find(body, "identity"), change);
    session.arm.save(machine);
    keep_machine(session, machine, properties, !before);
    session.note("compute", before ? "virtual machine updated" : "virtual machine created",
                 machine.id.text());
    return wire(session, machine, {});
}

// Deletes what goes with the machine and lets go of the rest.
void release_disk(Session& session, const Json& disk) {
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(text_in(disk, "managedDisk.id"));
    if (!id) return;
    attach_disk(session, *id, "");
    const std::optional<arm::Resource> found = session.arm.find_resource(*id);
    if (found && iequals(text_at(disk, "deleteOption"), "Delete")) arm::erase(session, *found);
}

void release_interface(Session& session, const Json& reference) {
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(text_at(reference, "id"));
    const std::optional<arm::Resource> interface = id ? session.arm.find_resource(*id) : std::nullopt;
    if (!interface || !iequals(text_in(reference, "properties.deleteOption"), "Delete")) return;
    const Json properties = Json::parse(interface->properties);
    arm::erase(session, *interface);
    for (const Json& item : properties.value("ipConfigurations", Json::array())) {
        const std::optional<arm::ResourceId> address =
            arm::ResourceId::parse(text_in(item, "properties.publicIPAddress.id"));
        const std::optional<arm::Resource> found =
            address ? session.arm.find_resource(*address) : std::nullopt;
        if (found && iequals(text_in(item, "properties.publicIPAddress.properties.deleteOption"), "Delete"))
            arm::erase(session, *found);
    }
}

}  // namespace

void check_machine(Session& session, const arm::ResourceId& id, const Json& body) {
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    const std::string write = id.type() + "/write";
    const Json* properties = find(body, "properties");
    const Json requested = properties == nullptr ? Json::object() : without_nulls(*properties);
    arm::authorise_linked(session, write, id.text(), "Microsoft.Network/networkInterfaces/join/action",
                          interface_ids(requested));
    msi::check_host_identity(session, id, before ? before->identity : arm::IdentityBlock{},
                             find(body, "identity"), IdentityChange::put);
    if (!before) check_machine_name(id.name());
    const Json old = before ? Json::parse(before->properties) : Json();
    check_properties(requested, before ? &old : nullptr);
}

Json put_machine(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    check_machine(session, id, body);
    return change_machine(session, id, body, IdentityChange::put);
}

Json patch_machine(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    const arm::Resource before = arm::require_resource(session, id);
    arm::authorise_linked(session, id.type() + "/write", id.text(),
                          "Microsoft.Network/networkInterfaces/join/action",
                          interface_ids(body.value("properties", Json::object())));
    Json whole = arm::wire(before);
    whole.erase("properties");
    for (const char* name : {"tags", "plan", "zones", "properties", "identity"})
        if (body.contains(name)) whole[name] = body[name];
    return change_machine(session, id, whole, IdentityChange::patch);
}

Json get_machine(Session& session, const arm::ResourceId& id) { return show_machine(session, id, {}); }

Json show_machine(Session& session, const arm::ResourceId& id, Expand expand) {
    rbac::authorise(session, id.type() + "/read", id.text());
    return wire(session, arm::require_resource(session, id), expand);
}

Json expand_machine(Session& session, const arm::ResourceId& id, std::string_view what) {
    const std::string wanted = lower(what);
    return show_machine(session, id,
                        {.instance_view = wanted.find("instanceview") != std::string::npos,
                         .user_data = wanted.find("userdata") != std::string::npos});
}

Json show_instance_view(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/instanceView/read", id.text());
    return instance_view(session, arm::require_resource(session, id));
}

bool remove_machine(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    const std::optional<arm::Resource> machine = session.arm.find_resource(id);
    if (!machine) return false;
    vanish_machine(session, *machine);
    return true;
}

void vanish_machine(Session& session, const arm::Resource& machine) {
    const Json properties = Json::parse(machine.properties);
    msi::release_host_identity(session, machine);
    arm::erase(session, machine);
    const Json* os_disk = find(properties, "storageProfile.osDisk");
    if (os_disk != nullptr) release_disk(session, *os_disk);
    const Json* disks = find(properties, "storageProfile.dataDisks");
    if (disks != nullptr)
        for (const Json& disk : *disks) release_disk(session, disk);
    const Json* interfaces = find(properties, "networkProfile.networkInterfaces");
    if (interfaces != nullptr)
        for (const Json& reference : *interfaces) release_interface(session, reference);
}

std::vector<Json> list_machines(Session& session, std::string_view subscription, std::string_view group,
                                Expand expand) {
    if (!group.empty()) arm::require_group(session, subscription, group);
    std::vector<Json> found;
    for (const arm::Resource& machine : session.arm.resources(subscription, group, machine_type))
        if (rbac::may(session, std::string(machine_type) + "/read", machine.id.text()))
            found.push_back(wire(session, machine, expand));
    return found;
}

}  // namespace azid::compute
