#include "core/compute/profile.hpp"

#include "core/arm/linked.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/compute/disks.hpp"
#include "core/compute/sizes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::compute {

namespace {

std::string text_in(const Json& value, std::string_view path) {
    const Json* found = find(value, path);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

// Lays the request over what was there: a change leaves alone what it does not mention.
Json laid_over(const Json* before, const char* profile, const Json& requested) {
    Json result = before != nullptr ? before->value(profile, Json::object()) : Json::object();
    if (requested.contains(profile)) result.merge_patch(requested[profile]);
    return result;
}

// "fromImage" as "FromImage".
std::string create_option(const std::string& given) {
    for (const std::string_view option : {"FromImage", "Attach", "Empty", "Copy", "Restore"})
        if (iequals(option, given)) return std::string(option);
    return given;
}

std::string disk_sku(const Json& disk, const Json& properties) {
    const std::string asked = text_in(disk, "managedDisk.storageAccountType");
    if (!asked.empty()) return asked;
    const Size* size = find_size(text_in(properties, "hardwareProfile.vmSize"));
    return size != nullptr && size->premium ? "Premium_LRS" : "Standard_LRS";
}

arm::ResourceId disk_id(const arm::Resource& machine, const std::string& name) {
    return {machine.id.subscription(), machine.id.group(), "Microsoft.Compute", {{"disks", name}}};
}

void use_disk(Session& session, const arm::Resource& machine, Json& disk, const std::string& id) {
    const arm::ResourceId wanted = arm::linked_id(id, "properties.storageProfile.managedDisk.id");
    const arm::Resource found = arm::require_reference(session, wanted, machine.id);
    if (!found.managed_by.empty() && !iequals(found.managed_by, machine.id.text()))
        throw Error(fault::conflict,
                    fmt::format("Disk {} cannot be attached as the disk is already owned by VM '{}'.", id,
                                found.managed_by));
    attach_disk(session, found.id, machine.id.text());
    disk["name"] = found.id.name();
    disk["managedDisk"]["storageAccountType"] = text_at(Json::parse(found.sku), "name");
    disk["managedDisk"]["id"] = found.id.text();
    if (!disk.contains("diskSizeGB"))
        disk["diskSizeGB"] = Json::parse(found.properties).value("diskSizeGB", 0);
}

std::string image_id(const arm::Resource& machine, const Json& properties, const Image& image) {
    return fmt::format(
        "/Subscriptions/{}/Providers/Microsoft.Compute/Locations/{}/Publishers/{}/ArtifactTypes/VMImage/"
        "Offers/{}/Skus/{}/Versions/{}",
        machine.id.subscription(), machine.location,
        text_in(properties, "storageProfile.imageReference.publisher"),
        text_in(properties, "storageProfile.imageReference.offer"),
        text_in(properties, "storageProfile.imageReference.sku"), image.exact_version);
}

// Makes or attaches the managed disk that the entry stands for.
void provide_disk(Session& session, const arm::Resource& machine, const Json& properties, Json& disk,
                  const std::string& default_name, const Image* image) {
    if (disk.contains("vhd")) return;
    if (const std::string id = text_in(disk, "managedDisk.id"); !id.empty()) {
        use_disk(session, machine, disk, id);
        return;
    }
    if (text_at(disk, "name").empty())
        disk["name"] = fmt::format("{}_{}", default_name, new_hex(session.random, 32));
    const std::string sku = disk_sku(disk, properties);
    const arm::ResourceId id = disk_id(machine, text_at(disk, "name"));
    NewDisk made{id, machine.location, machine.zones, sku, disk.value("diskSizeGB", 30), "", "",
                 "", machine.id.text()};
    if (image != nullptr) {
        made.os_type = image->os_type;
        made.generation = image->generation;
        made.image = image_id(machine, properties, *image);
    }
    make_disk(session, made);
    disk["managedDisk"]["storageAccountType"] = sku;
    disk["managedDisk"]["id"] = id.text();
}

void complete_os_disk(Session& session, const arm::Resource& machine, const Json& properties, Json& disk,
                      const Image* image) {
    disk["createOption"] = create_option(text_at(disk, "createOption"));
    if (!disk.contains("osType") && image != nullptr) disk["osType"] = image->os_type;
    if (!disk.contains("caching")) disk["caching"] = "ReadWrite";
    if (!disk.contains("diskSizeGB") && image != nullptr) disk["diskSizeGB"] = image->disk_gb;
    provide_disk(session, machine, properties, disk, machine.id.name() + "_OsDisk_1", image);
    if (!disk.contains("deleteOption")) disk["deleteOption"] = "Detach";
}

void complete_data_disks(Session& session, const arm::Resource& machine, const Json& properties, Json& disks,
                         const Json* before) {
    const Json* old = before == nullptr ? nullptr : find(*before, "storageProfile.dataDisks");
    for (Json& disk : disks) {
        const int lun = disk.value("lun", 0);
        if (old != nullptr)
            for (const Json& one : *old)
                if (one.value("lun", -1) == lun && text_in(disk, "managedDisk.id").empty() &&
                    (text_at(disk, "name").empty() || text_at(disk, "name") == text_at(one, "name"))) {
                    Json merged = one;
                    merged.merge_patch(disk);
                    disk = std::move(merged);
                }
        disk["createOption"] = create_option(text_at(disk, "createOption"));
        if (!disk.contains("caching")) disk["caching"] = "None";
        provide_disk(session, machine, properties, disk, fmt::format("{}_disk{}", machine.id.name(), lun + 2),
                     nullptr);
        if (!disk.contains("deleteOption")) disk["deleteOption"] = "Detach";
        disk["toBeDetached"] = false;
    }
    // Those that are no longer named are taken off.
    if (old == nullptr) return;
    for (const Json& one : *old) {
        const std::string id = text_in(one, "managedDisk.id");
        const bool stays = std::any_of(disks.begin(), disks.end(), [&](const Json& disk) {
            return iequals(text_in(disk, "managedDisk.id"), id);
        });
        const std::optional<arm::ResourceId> gone = arm::ResourceId::parse(id);
        if (!stays && gone) attach_disk(session, *gone, "");
    }
}

Json completed_storage(Session& session, const arm::Resource& machine, Json properties, const Json* before) {
    const std::optional<Image> image = image_of(properties);
    Json storage = properties["storageProfile"];
    Json result = Json::object();
    if (storage.contains("imageReference")) {
        result["imageReference"] = storage["imageReference"];
        if (image) result["imageReference"]["exactVersion"] = image->exact_version;
    }
    result["osDisk"] = storage.value("osDisk", Json::object());
    const std::string os_disk_before =
        before == nullptr ? "" : text_in(*before, "storageProfile.osDisk.managedDisk.id");
    const bool swapped =
        !os_disk_before.empty() && !iequals(text_in(result, "osDisk.managedDisk.id"), os_disk_before);
    if (swapped) {
        const std::optional<arm::ResourceId> old_disk = arm::ResourceId::parse(os_disk_before);
        if (old_disk) attach_disk(session, *old_disk, "");
        result["osDisk"].erase("diskSizeGB");
    }
    const bool known = before != nullptr && !swapped && !text_in(result, "osDisk.managedDisk.id").empty();
    if (!known)
        complete_os_disk(session, machine, properties, result["osDisk"],
                         image && !swapped ? &*image : nullptr);
    else
        result["osDisk"]["createOption"] = create_option(text_at(result["osDisk"], "createOption"));
    result["dataDisks"] = storage.value("dataDisks", Json::array());
    complete_data_disks(session, machine, properties, result["dataDisks"], before);
    if (image && image->generation == "V2" && !storage.contains("diskControllerType"))
        result["diskControllerType"] = "SCSI";
    for (const auto& [name, value] : storage.items())
        if (!result.contains(name)) result[name] = value;
    return result;
}

void complete_linux(Json& linux) {
    if (!linux.contains("disablePasswordAuthentication")) linux["disablePasswordAuthentication"] = false;
    if (!linux.contains("provisionVMAgent")) linux["provisionVMAgent"] = true;
    Json& patch = linux["patchSettings"];
    if (!patch.contains("patchMode")) patch["patchMode"] = "ImageDefault";
    if (!patch.contains("assessmentMode")) patch["assessmentMode"] = "ImageDefault";
}

void complete_windows(Json& windows) {
    if (!windows.contains("provisionVMAgent")) windows["provisionVMAgent"] = true;
    if (!windows.contains("enableAutomaticUpdates")) windows["enableAutomaticUpdates"] = true;
    Json& patch = windows["patchSettings"];
    if (!patch.contains("patchMode")) patch["patchMode"] = "AutomaticByOS";
    if (!patch.contains("assessmentMode")) patch["assessmentMode"] = "ImageDefault";
    windows["enableVMAgentPlatformUpdates"] = true;
}

// Compute takes "false" where it wants false (recorded).
void read_switch(Json& object, const char* name) {
    const std::string given = text_at(object, name);
    if (iequals(given, "true")) object[name] = true;
    if (iequals(given, "false")) object[name] = false;
}

Json completed_os(Json os, const std::string& os_type) {
    read_switch(os, "allowExtensionOperations");
    for (const char* secret : {"adminPassword", "customData"}) os.erase(secret);
    if (os_type == "Windows")
        complete_windows(os["windowsConfiguration"]);
    else
        complete_linux(os["linuxConfiguration"]);
    if (!os.contains("secrets")) os["secrets"] = Json::array();
    if (!os.contains("allowExtensionOperations")) os["allowExtensionOperations"] = true;
    os["requireGuestProvisionSignal"] = true;
    return os;
}

// In the order in which Compute writes them.
Json in_order(const Json& properties) {
    Json ordered = Json::object();
    for (const char* name : {"hardwareProfile", "provisioningState", "vmId", "additionalCapabilities",
                             "storageProfile", "osProfile", "securityProfile", "networkProfile"})
        if (properties.contains(name)) ordered[name] = properties[name];
    for (const auto& [name, value] : properties.items())
        if (!ordered.contains(name) && name != "timeCreated" && name != "instanceView") ordered[name] = value;
    ordered["timeCreated"] = properties.at("timeCreated");
    return ordered;
}

}  // namespace

Json without_nulls(Json value) {
    if (value.is_object()) {
        Json kept = Json::object();
        for (const auto& [name, member] : value.items())
            if (!member.is_null()) kept[name] = without_nulls(member);
        return kept;
    }
    if (value.is_array())
        for (Json& item : value) item = without_nulls(std::move(item));
    return value;
}

std::optional<Image> image_of(const Json& properties) {
    const Json* reference = find(properties, "storageProfile.imageReference");
    if (reference == nullptr) return {};
    const std::string version = text_at(*reference, "version");
    return find_image({text_at(*reference, "publisher"), text_at(*reference, "offer"),
                       text_at(*reference, "sku"), version.empty() ? "latest" : version});
}

std::string urn_of(const Json& properties) {
    const Json* reference = find(properties, "storageProfile.imageReference");
    if (reference == nullptr || text_at(*reference, "publisher").empty()) return {};
    return ImageReference{text_at(*reference, "publisher"), text_at(*reference, "offer"),
                          text_at(*reference, "sku"), text_at(*reference, "version")}
        .urn();
}

Json completed_properties(Session& session, const arm::Resource& machine, const Json& requested,
                          const Json* before) {
    Json properties = requested;
    properties["hardwareProfile"] = laid_over(before, "hardwareProfile", requested);
    properties["storageProfile"] = laid_over(before, "storageProfile", requested);
    properties["networkProfile"] = laid_over(before, "networkProfile", requested);
    const Size* size = find_size(text_in(properties, "hardwareProfile.vmSize"));
    if (size != nullptr) properties["hardwareProfile"]["vmSize"] = size->name;
    properties["storageProfile"] = completed_storage(session, machine, properties, before);
    const std::string os_type = text_in(properties, "storageProfile.osDisk.osType");
    Json os = laid_over(before, "osProfile", requested);
    if (!os.empty()) properties["osProfile"] = completed_os(std::move(os), os_type);
    if (iequals(text_in(properties, "securityProfile.securityType"), "Standard"))
        properties["securityProfile"].erase("securityType");
    if (properties.contains("securityProfile") && properties["securityProfile"].empty())
        properties.erase("securityProfile");
    properties["provisioningState"] = "Succeeded";
    properties["vmId"] = before != nullptr ? before->at("vmId") : Json(new_guid(session.random));
    properties["timeCreated"] = before != nullptr ? before->at("timeCreated") : Json(az_iso(session.now));
    return in_order(properties);
}

}  // namespace azid::compute
