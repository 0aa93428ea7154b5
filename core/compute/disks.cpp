#include "core/compute/disks.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::compute {

namespace {

std::string tier_of(std::string_view sku) { return std::string(sku.substr(0, sku.find('_'))); }

Json shown(const arm::Resource& disk) {
    Json body = arm::wire(disk);
    if (!disk.managed_by.empty()) body["managedBy"] = disk.managed_by;
    return body;
}

const Json& disk_defaults() {
    static const Json defaults = {{"encryption", Json::object()},
                                  {"networkAccessPolicy", "AllowAll"},
                                  {"publicNetworkAccess", "Enabled"}};
    return defaults;
}

// The performance tiers of premium disks, by the size that each of them reaches up to (Azure's disk types).
struct Tier {
    int up_to_gb;
    const char* name;
    int operations;
    int megabytes;
};
constexpr Tier tiers[] = {
    {4, "P1", 120, 25},         {8, "P2", 120, 25},         {16, "P3", 120, 25},
    {32, "P4", 120, 25},        {64, "P6", 240, 50},        {128, "P10", 500, 100},
    {256, "P15", 1100, 125},    {512, "P20", 2300, 150},    {1024, "P30", 5000, 200},
    {2048, "P40", 7500, 250},   {4096, "P50", 7500, 250},   {8192, "P60", 16000, 500},
    {16384, "P70", 18000, 750}, {32767, "P80", 20000, 900},
};

void set_performance(Json& properties, std::string_view sku, int size_gb) {
    int operations = 500;
    int megabytes = sku.starts_with("Standard_") ? 60 : 100;
    if (sku.starts_with("Premium_"))
        for (const Tier& tier : tiers) {
            if (size_gb > tier.up_to_gb) continue;
            operations = tier.operations;
            megabytes = tier.megabytes;
            if (!properties.contains("tier")) properties["tier"] = tier.name;
            break;
        }
    if (!properties.contains("diskIOPSReadWrite")) properties["diskIOPSReadWrite"] = operations;
    if (!properties.contains("diskMBpsReadWrite")) properties["diskMBpsReadWrite"] = megabytes;
}

// The size of a disk as a request gives it. Azure's limits: 65,536 GiB for its largest kinds.
int checked_size(std::int64_t size_gb) {
    constexpr std::int64_t most_gb = 65536;
    if (size_gb >= 1 && size_gb <= most_gb) return static_cast<int>(size_gb);
    throw Error(
        fault::invalid_parameter,
        fmt::format("The value '{}' of parameter 'disk.diskSizeGB' is out of range. The value must be "
                    "between '1' and '{}', inclusive.",
                    size_gb, most_gb))
        .with_target("disk.diskSizeGB");
}

// What every disk has, whatever it was made of.
void complete(Session& session, Json& properties, int size_gb, bool attached) {
    properties["diskSizeGB"] = size_gb;
    properties["diskSizeBytes"] = std::int64_t{size_gb} * 1024 * 1024 * 1024;
    if (!properties.contains("uniqueId")) properties["uniqueId"] = new_guid(session.random);
    if (!properties.contains("timeCreated")) properties["timeCreated"] = az_iso(session.now);
    for (const auto& [name, value] : disk_defaults().items())
        if (!properties.contains(name)) properties[name] = value;
    if (!properties["encryption"].contains("type"))
        properties["encryption"]["type"] = "EncryptionAtRestWithPlatformKey";
    properties["provisioningState"] = "Succeeded";
    properties["diskState"] = attached ? "Attached" : "Unattached";
}

}  // namespace

void make_disk(Session& session, const NewDisk& disk) {
    checked_size(disk.size_gb);
    arm::Resource resource;
    resource.id = disk.id;
    resource.location = disk.location;
    resource.zones = disk.zones;
    resource.sku = compact({{"name", disk.sku}, {"tier", tier_of(disk.sku)}});
    resource.managed_by = disk.machine;
    resource.created = resource.changed = session.now;
    resource.created_by = session.caller.object_id;
    resource.created_by_name = session.caller.name;
    resource.created_by_type = session.caller.is_user ? "User" : "Application";
    resource.etag = new_guid(session.random);
    Json properties = Json::object();
    if (!disk.os_type.empty()) properties["osType"] = disk.os_type;
    if (!disk.generation.empty()) properties["hyperVGeneration"] = disk.generation;
    if (disk.image.empty())
        properties["creationData"] = {{"createOption", "Empty"}};
    else
        properties["creationData"] = {{"createOption", "FromImage"},
                                      {"imageReference", {{"id", disk.image}}}};
    complete(session, properties, disk.size_gb, true);
    set_performance(properties, disk.sku, disk.size_gb);
    resource.properties = compact(properties);
    session.arm.save(resource);
}

void attach_disk(Session& session, const arm::ResourceId& disk, const std::string& machine) {
    std::optional<arm::Resource> resource = session.arm.find_resource(disk);
    if (!resource) return;
    resource->managed_by = machine;
    Json properties = Json::parse(resource->properties);
    properties["diskState"] = machine.empty() ? "Unattached" : "Attached";
    resource->properties = compact(properties);
    session.arm.save(*resource);
}

Json put_disk(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    arm::Resource disk = arm::resource_from(session, id, body);
    const Json before = [&] {
        const std::optional<arm::Resource> found = session.arm.find_resource(id);
        return found ? Json::parse(found->properties) : Json::object();
    }();
    Json properties = Json::parse(disk.properties);
    for (const char* fixed : {"uniqueId", "timeCreated", "creationData", "osType"})
        if (before.contains(fixed)) properties[fixed] = before[fixed];
    if (find(properties, "creationData.createOption") == nullptr)
        throw Error(fault::invalid_parameter,
                    "Required parameter 'disk.creationData.createOption' is missing (null).")
            .with_target("disk.creationData.createOption");
    const Json* size = find(properties, "diskSizeGB");
    if (size == nullptr) size = find(before, "diskSizeGB");
    if (size == nullptr || !size->is_number_integer())
        throw Error(fault::invalid_parameter, "Required parameter 'disk.diskSizeGB' is missing (null).")
            .with_target("disk.diskSizeGB");
    const int size_gb = checked_size(size->get<std::int64_t>());
    const std::string sku = disk.sku.empty() ? "Standard_LRS" : text_at(Json::parse(disk.sku), "name");
    disk.sku = compact({{"name", sku}, {"tier", tier_of(sku)}});
    complete(session, properties, size_gb, !disk.managed_by.empty());
    set_performance(properties, sku, size_gb);
    disk.properties = compact(properties);
    session.arm.save(disk);
    return shown(disk);
}

Json get_disk(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    return shown(arm::require_resource(session, id));
}

bool remove_disk(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    const std::optional<arm::Resource> disk = session.arm.find_resource(id);
    if (!disk) return false;
    if (!disk->managed_by.empty())
        throw Error(fault::operation_not_allowed,
                    fmt::format("Disk {} is attached to VM {}.", disk->id.name(), disk->managed_by));
    arm::erase(session, *disk);
    return true;
}

}  // namespace azid::compute
