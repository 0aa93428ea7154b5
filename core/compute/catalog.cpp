#include "core/compute/catalog.hpp"

#include "core/arm/locations.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/extensions.hpp"
#include "core/compute/images.hpp"
#include "core/compute/ports.hpp"
#include "core/compute/sizes.hpp"
#include "core/compute/virtual_machines.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace azid::compute {

namespace {

constexpr int os_disk_mb = 1047552;

std::string require_location(const arm::ResourceId& id) {
    const std::string& name = id.segments().front().second;
    const arm::Location* known = arm::find_location(name);
    if (known == nullptr)
        throw Error(fault::location_not_available_for_type,
                    fmt::format("The provided location '{}' is not available for resource type "
                                "'Microsoft.Compute/locations'. List of available regions for the resource "
                                "type is '{}'.",
                                name, arm::location_names()));
    return std::string(known->name);
}

Json size_wire(const Size& size) {
    return {{"name", size.name},
            {"numberOfCores", size.cores},
            {"osDiskSizeInMB", os_disk_mb},
            {"resourceDiskSizeInMB", size.resource_disk_mb},
            {"memoryInMB", size.memory_mb},
            {"maxDataDiskCount", size.max_data_disks}};
}

Json all_sizes() {
    Json items = Json::array();
    for (const Size& size : sizes()) items.push_back(size_wire(size));
    return {{"value", std::move(items)}};
}

// "Standard_DS1_v2" as standardDSv2Family, the name of its quota.
std::string family_of(std::string_view size) {
    const std::string bare(size.substr(size.find('_') + 1));
    const std::size_t underscore = bare.find('_');
    std::string letters;
    for (const char c : bare.substr(0, underscore))
        if (c < '0' || c > '9') letters += c;
    for (char& c : letters) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    const std::string version =
        underscore == std::string::npos ? "" : replace_all(bare.substr(underscore + 1), "_", "");
    return "standard" + letters + version + "Family";
}

Json usage(const std::string& value, const std::string& shown, int used, int limit) {
    return {{"limit", limit},
            {"unit", "Count"},
            {"currentValue", used},
            {"name", {{"value", value}, {"localizedValue", shown}}}};
}

struct Quota {
    const char* value;
    const char* shown;
    int limit;
};
constexpr Quota fixed_quotas[] = {{"availabilitySets", "Availability Sets", 2500},
                                  {"virtualMachineScaleSets", "Virtual Machine Scale Sets", 2500}};
constexpr int core_limit = 100;
constexpr int machine_limit = 25000;
constexpr int disk_limit = 50000;

// "/Subscriptions/S/Providers/Microsoft.Compute/Locations/L/Publishers/P...": Compute's own spelling.
std::string catalog_id(const arm::ResourceId& id, std::size_t depth, const std::string& more = {}) {
    static const std::map<std::string, std::string, ILess> spelling = {{"locations", "Locations"},
                                                                       {"publishers", "Publishers"},
                                                                       {"artifacttypes", "ArtifactTypes"},
                                                                       {"offers", "Offers"},
                                                                       {"skus", "Skus"},
                                                                       {"versions", "Versions"},
                                                                       {"types", "Types"}};
    std::string text = fmt::format("/Subscriptions/{}/Providers/Microsoft.Compute", id.subscription());
    for (std::size_t i = 0; i < std::min(depth, id.segments().size()); ++i) {
        const auto& [kind, name] = id.segments()[i];
        const auto known = spelling.find(kind);
        const std::string shown_name = iequals(name, "vmimage")       ? "VMImage"
                                       : iequals(name, "vmextension") ? "VMExtension"
                                                                      : name;
        text += "/" + (known == spelling.end() ? kind : known->second) + "/" + shown_name;
    }
    return text + more;
}

Json entry(const arm::ResourceId& below, std::size_t depth, const char* kind, const std::string& name) {
    return {{"location", below.segments().front().second},
            {"name", name},
            {"id", catalog_id(below, depth, fmt::format("/{}/{}", kind, name))}};
}

std::string segment(const arm::ResourceId& id, std::size_t index) {
    return index < id.segments().size() ? id.segments()[index].second : std::string();
}

[[noreturn]] void refuse_artifact(const arm::ResourceId&) {
    throw Error(fault::not_found, "Artifact: VMImage was not found.");
}

bool is_publisher(std::string_view name) {
    return std::any_of(offers().begin(), offers().end(),
                       [&](const Offer& offer) { return iequals(offer.publisher, name); }) ||
           std::any_of(known_extensions().begin(), known_extensions().end(),
                       [&](const KnownExtension& known) { return iequals(known.publisher, name); });
}

const Offer* find_offer(std::string_view publisher, std::string_view name) {
    for (const Offer& offer : offers())
        if (iequals(offer.publisher, publisher) && iequals(offer.name, name)) return &offer;
    return nullptr;
}

Json features_of(bool second, bool trusted) {
    Json features = Json::array();
    if (trusted) features.push_back({{"name", "SecurityType"}, {"value", "TrustedLaunchSupported"}});
    features.push_back({{"name", "IsAcceleratedNetworkSupported"}, {"value", "True"}});
    features.push_back({{"name", "DiskControllerTypes"}, {"value", second ? "SCSI, NVMe" : "SCSI"}});
    features.push_back({{"name", "IsHibernateSupported"}, {"value", second ? "True" : "False"}});
    return features;
}

}  // namespace

std::string_view generation_of(std::string_view sku) {
    const std::optional<Image> image = find_image({"Canonical", "any", std::string(sku), "latest"});
    return image ? image->generation : "V1";
}

std::string_view architecture_of(std::string_view sku) {
    return lower(sku).find("arm64") == std::string::npos ? "x64" : "Arm64";
}

Json sizes_wire(Session&, const arm::ResourceId& location) {
    require_location(location);
    return all_sizes();
}

Json machine_sizes_wire(Session& session, const arm::ResourceId& machine) {
    rbac::authorise(session, std::string(machine_type) + "/vmSizes/read", machine.text());
    arm::require_resource(session, machine);
    return all_sizes();
}

Json usages_wire(Session& session, const arm::ResourceId& location) {
    const std::string region = require_location(location);
    int cores = 0;
    int machines = 0;
    std::map<std::string, int> by_family;
    for (const Size& size : sizes()) by_family[family_of(size.name)] += 0;
    for (const arm::Resource& machine : session.arm.resources(location.subscription(), "", machine_type)) {
        if (machine.location != region) continue;
        const std::optional<VirtualMachine> row = session.compute.find_virtual_machine(machine.id.text());
        const Size* size = row ? find_size(row->size) : nullptr;
        ++machines;
        if (size == nullptr) continue;
        cores += size->cores;
        by_family[family_of(size->name)] += size->cores;
    }
    int disks = 0;
    for (const arm::Resource& disk :
         session.arm.resources(location.subscription(), "", "Microsoft.Compute/disks"))
        if (disk.location == region) ++disks;
    Json items = Json::array();
    items.push_back(usage(fixed_quotas[0].value, fixed_quotas[0].shown, 0, fixed_quotas[0].limit));
    items.push_back(usage("cores", "Total Regional vCPUs", cores, core_limit));
    items.push_back(usage("virtualMachines", "Virtual Machines", machines, machine_limit));
    items.push_back(usage(fixed_quotas[1].value, fixed_quotas[1].shown, 0, fixed_quotas[1].limit));
    for (const auto& [family, used] : by_family)
        items.push_back(usage(family,
                              fmt::format("Standard {} Family vCPUs", family.substr(8, family.size() - 14)),
                              used, core_limit));
    items.push_back(usage("PremiumDiskCount", "Premium Storage Managed Disks", disks, disk_limit));
    return {{"value", std::move(items)}};
}

Json publishers_wire(Session&, const arm::ResourceId& location) {
    require_location(location);
    std::vector<std::string> names;
    for (const Offer& offer : offers()) names.emplace_back(offer.publisher);
    for (const KnownExtension& extension : known_extensions()) names.emplace_back(extension.publisher);
    std::sort(names.begin(), names.end(), ILess());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    Json items = Json::array();
    for (const std::string& name : names) items.push_back(entry(location, 1, "Publishers", name));
    return items;
}

Json offers_wire(Session&, const arm::ResourceId& id) {
    require_location(id);
    Json items = Json::array();
    if (!is_publisher(segment(id, 1))) refuse_artifact(id);
    for (const Offer& offer : offers())
        if (iequals(offer.publisher, segment(id, 1)))
            items.push_back(entry(id, 3, "Offers", std::string(offer.name)));
    return items;
}

Json skus_wire(Session&, const arm::ResourceId& id) {
    require_location(id);
    const Offer* offer = find_offer(segment(id, 1), segment(id, 3));
    if (offer == nullptr) refuse_artifact(id);
    Json items = Json::array();
    for (const std::string& sku : split(offer->skus, ' ')) {
        Json item = {
            {"properties", {{"automaticOSUpgradeProperties", {{"automaticOSUpgradeSupported", false}}}}}};
        const Json named = entry(id, 4, "Skus", sku);
        for (const auto& [name, value] : named.items()) item[name] = value;
        items.push_back(std::move(item));
    }
    return items;
}

Json versions_wire(Session&, const arm::ResourceId& id) {
    require_location(id);
    const std::optional<Image> image = find_image({segment(id, 1), segment(id, 3), segment(id, 4), "latest"});
    if (!image) refuse_artifact(id);
    return Json::array({entry(id, 5, "Versions", image->exact_version)});
}

Json image_wire(Session&, const arm::ResourceId& id) {
    const std::string location = require_location(id);
    const ImageReference reference{segment(id, 1), segment(id, 3), segment(id, 4), id.name()};
    const std::optional<Image> image = find_image(reference);
    if (!image)
        throw Error(fault::image_not_found,
                    fmt::format("The platform image '{}' is not available. Verify that all fields in the "
                                "storage profile are correct. For more details about storage profile "
                                "information, please refer to https://aka.ms/storageprofile",
                                reference.urn()));
    const bool second = image->generation == "V2";
    Json properties = {{"hyperVGeneration", image->generation},
                       {"architecture", architecture_of(reference.sku)},
                       {"replicaType", second ? "Managed" : "Unmanaged"},
                       {"disallowed", {{"vmDiskType", second ? "Unmanaged" : "None"}}},
                       {"automaticOSUpgradeProperties", {{"automaticOSUpgradeSupported", false}}},
                       {"imageDeprecationStatus", {{"imageState", "Active"}}},
                       {"features", features_of(second, image->trusted_launch)},
                       {"osDiskImage", {{"operatingSystem", image->os_type}, {"sizeInGb", image->disk_gb}}},
                       {"dataDiskImages", Json::array()}};
    return {{"properties", std::move(properties)},
            {"location", location},
            {"name", image->exact_version},
            {"id", catalog_id(id, 5, "/Versions/" + image->exact_version)}};
}

Json extension_names_wire(Session&, const arm::ResourceId& id) {
    require_location(id);
    if (!is_publisher(segment(id, 1))) throw Error(fault::not_found, "Artifact: VMExtension was not found.");
    Json items = Json::array();
    for (const KnownExtension& extension : known_extensions())
        if (iequals(extension.publisher, segment(id, 1)))
            items.push_back(entry(id, 3, "Types", std::string(extension.name)));
    return items;
}

Json extension_versions_wire(Session&, const arm::ResourceId& id) {
    require_location(id);
    for (const KnownExtension& extension : known_extensions())
        if (iequals(extension.publisher, segment(id, 1)) && iequals(extension.name, segment(id, 3)))
            return Json::array({entry(id, 4, "Versions", std::string(extension.version))});
    throw Error(fault::not_found, "Artifact: VMExtension was not found.");
}

Json extension_image_wire(Session&, const arm::ResourceId& id) {
    require_location(id);
    for (const KnownExtension& extension : known_extensions()) {
        if (!iequals(extension.publisher, segment(id, 1)) || !iequals(extension.name, segment(id, 3)) ||
            extension.version != id.name())
            continue;
        Json item = {{"properties",
                      {{"operatingSystem", extension.os_type},
                       {"computeRole", "IaaS"},
                       {"vmScaleSetEnabled", true},
                       {"supportsMultipleExtensions", false}}}};
        const Json named = entry(id, 4, "Versions", std::string(extension.version));
        for (const auto& [name, value] : named.items()) item[name] = value;
        return item;
    }
    throw Error(fault::not_found, "Artifact: VMExtension was not found.");
}

Json sku_list(std::string_view location) {
    Json items = Json::array();
    for (const Size& size : sizes()) {
        const std::string name(size.name);
        const std::string bare = name.substr(name.find('_') + 1);
        const auto capability = [](const char* key, const std::string& value) {
            return Json{{"name", key}, {"value", value}};
        };
        items.push_back(
            {{"resourceType", "virtualMachines"},
             {"name", name},
             {"tier", "Standard"},
             {"size", bare},
             {"family", family_of(name)},
             {"locations", Json::array({location})},
             {"locationInfo", Json::array({{{"location", location},
                                            {"zones", Json::array({"1", "2", "3"})},
                                            {"zoneDetails", Json::array()}}})},
             {"capabilities",
              Json::array({capability("MaxResourceVolumeMB", std::to_string(size.resource_disk_mb)),
                           capability("OSVhdSizeMB", std::to_string(os_disk_mb)),
                           capability("vCPUs", std::to_string(size.cores)),
                           capability("MemoryGB", fmt::format("{}", size.memory_mb / 1024.0)),
                           capability("MaxDataDiskCount", std::to_string(size.max_data_disks)),
                           capability("PremiumIO", size.premium ? "True" : "False"),
                           capability("HyperVGenerations", size.premium ? "V1,V2" : "V1")})},
             {"restrictions", Json::array()}});
    }
    return items;
}

}  // namespace azid::compute
