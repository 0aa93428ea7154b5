#include "core/imds/instance.hpp"

#include "core/arm/ports.hpp"
#include "core/base/text.hpp"
#include "core/compute/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace azid::imds {

namespace {

// The member at a dotted path as the text that IMDS would show; "" when there is none.
std::string text_of(const Json& properties, std::string_view path) {
    const Json* value = find(properties, path);
    if (value == nullptr || value->is_null()) return {};
    return value->is_string() ? value->get<std::string>() : compact(*value);
}

std::string flag_of(const Json& properties, std::string_view path) {
    const std::string text = text_of(properties, path);
    return text.empty() ? "false" : text;
}

Json tags_list(const Json& tags) {
    Json list = Json::array();
    for (const auto& [name, value] : tags.items())
        list.push_back(
            {{"name", name}, {"value", value.is_string() ? value.get<std::string>() : compact(value)}});
    return list;
}

std::string tags_text(const Json& list) {
    std::vector<std::string> pieces;
    for (const Json& tag : list) pieces.push_back(text_at(tag, "name") + ":" + text_at(tag, "value"));
    return join(pieces, ";");
}

Json public_keys(const Json& properties) {
    Json keys = Json::array();
    const Json* given = find(properties, "osProfile.linuxConfiguration.ssh.publicKeys");
    if (given == nullptr || !given->is_array()) return keys;
    for (const Json& key : *given)
        keys.push_back({{"keyData", text_of(key, "keyData")}, {"path", text_of(key, "path")}});
    return keys;
}

Json image_reference(const Json& properties) {
    const auto part = [&](const char* name) {
        return text_of(properties, fmt::format("storageProfile.imageReference.{}", name));
    };
    return Json{{"communityGalleryImageId", part("communityGalleryImageId")},
                {"exactVersion", part("exactVersion")},
                {"id", part("id")},
                {"offer", part("offer")},
                {"publisher", part("publisher")},
                {"sharedGalleryImageId", part("sharedGalleryImageId")},
                {"sku", part("sku")},
                {"version", part("version")}};
}

Json os_disk(const Json& properties) {
    const auto part = [&](const char* name) {
        return text_of(properties, fmt::format("storageProfile.osDisk.{}", name));
    };
    return Json{
        {"caching", part("caching")},
        {"createOption", part("createOption")},
        {"diffDiskSettings", {{"option", part("diffDiskSettings.option")}}},
        {"diskSizeGB", part("diskSizeGB")},
        {"encryptionSettings",
         {{"diskEncryptionKey", {{"secretUrl", ""}, {"sourceVault", {{"id", ""}}}}},
          {"enabled", "false"},
          {"keyEncryptionKey", {{"keyUrl", ""}, {"sourceVault", {{"id", ""}}}}}}},
        {"image", {{"uri", part("image.uri")}}},
        {"managedDisk",
         {{"id", part("managedDisk.id")}, {"storageAccountType", part("managedDisk.storageAccountType")}}},
        {"name", part("name")},
        {"osType", part("osType")},
        {"vhd", {{"uri", part("vhd.uri")}}},
        {"writeAcceleratorEnabled", flag_of(properties, "storageProfile.osDisk.writeAcceleratorEnabled")}};
}

Json data_disks(const Json& properties) {
    Json disks = Json::array();
    const Json* given = find(properties, "storageProfile.dataDisks");
    if (given == nullptr || !given->is_array()) return disks;
    for (const Json& disk : *given)
        disks.push_back({{"caching", text_of(disk, "caching")},
                         {"createOption", text_of(disk, "createOption")},
                         {"diskSizeGB", text_of(disk, "diskSizeGB")},
                         {"image", {{"uri", text_of(disk, "image.uri")}}},
                         {"lun", text_of(disk, "lun")},
                         {"managedDisk",
                          {{"id", text_of(disk, "managedDisk.id")},
                           {"storageAccountType", text_of(disk, "managedDisk.storageAccountType")}}},
                         {"name", text_of(disk, "name")},
                         {"vhd", {{"uri", text_of(disk, "vhd.uri")}}},
                         {"writeAcceleratorEnabled", flag_of(disk, "writeAcceleratorEnabled")}});
    return disks;
}

Json os_profile(const Json& properties, const compute::VirtualMachine& machine) {
    return Json{{"adminUsername", machine.admin_username},
                {"computerName", machine.computer_name},
                {"disablePasswordAuthentication",
                 text_of(properties, "osProfile.linuxConfiguration.disablePasswordAuthentication")}};
}

Json security_profile(const Json& properties) {
    return Json{{"encryptionAtHost", flag_of(properties, "securityProfile.encryptionAtHost")},
                {"secureBootEnabled", flag_of(properties, "securityProfile.uefiSettings.secureBootEnabled")},
                {"securityType", text_of(properties, "securityProfile.securityType")},
                {"virtualTpmEnabled", flag_of(properties, "securityProfile.uefiSettings.vTpmEnabled")}};
}

std::string first_zone(const arm::Resource& vm) {
    const Json zones = vm.zones.empty() ? Json::array() : Json::parse(vm.zones);
    return zones.is_array() && !zones.empty() && zones.front().is_string() ? zones.front().get<std::string>()
                                                                           : std::string();
}

Json compute_document(const arm::Resource& vm, const compute::VirtualMachine& machine) {
    const Json properties = Json::parse(vm.properties.empty() ? "{}" : vm.properties);
    const Json plan = vm.plan.empty() ? Json::object() : Json::parse(vm.plan);
    const Json image = image_reference(properties);
    const Json tags = tags_list(vm.tags.empty() ? Json::object() : Json::parse(vm.tags));
    Json document;
    document["additionalCapabilities"] = {
        {"hibernationEnabled", flag_of(properties, "additionalCapabilities.hibernationEnabled")}};
    document["azEnvironment"] = "AzurePublicCloud";
    document["evictionPolicy"] = text_of(properties, "evictionPolicy");
    document["extendedLocation"] = {{"name", ""}, {"type", ""}};
    document["host"] = {{"id", text_of(properties, "host.id")}};
    document["hostGroup"] = {{"id", text_of(properties, "hostGroup.id")}};
    document["isHostCompatibilityLayerVm"] = "false";
    document["licenseType"] = text_of(properties, "licenseType");
    document["location"] = vm.location;
    document["name"] = vm.id.name();
    document["offer"] = text_at(image, "offer");
    document["osProfile"] = os_profile(properties, machine);
    document["osType"] = machine.os_type;
    document["physicalZone"] = "";
    document["placementGroupId"] = "";
    document["plan"] = {{"name", text_of(plan, "name")},
                        {"product", text_of(plan, "product")},
                        {"publisher", text_of(plan, "publisher")}};
    document["platformFaultDomain"] = "0";
    document["platformSubFaultDomain"] = "";
    document["platformUpdateDomain"] = "0";
    document["priority"] = text_of(properties, "priority");
    document["provider"] = "Microsoft.Compute";
    document["publicKeys"] = public_keys(properties);
    document["publisher"] = text_at(image, "publisher");
    document["resourceGroupName"] = vm.id.group();
    document["resourceId"] = vm.id.text();
    document["securityProfile"] = security_profile(properties);
    document["sku"] = text_at(image, "sku");
    document["storageProfile"] = {{"dataDisks", data_disks(properties)},
                                  {"imageReference", image},
                                  {"osDisk", os_disk(properties)},
                                  {"resourceDisk", {{"size", ""}}}};
    document["subscriptionId"] = vm.id.subscription();
    document["tags"] = tags_text(tags);
    document["tagsList"] = tags;
    document["userData"] = text_of(properties, "userData");
    document["version"] = text_at(image, "exactVersion");
    document["virtualMachineScaleSet"] = {{"id", text_of(properties, "virtualMachineScaleSet.id")}};
    document["vmId"] = machine.vm_id;
    document["vmScaleSetName"] = "";
    document["vmSize"] = machine.size;
    document["zone"] = first_zone(vm);
    return document;
}

std::optional<arm::Resource> referred(Session& session, const std::string& id) {
    const std::optional<arm::ResourceId> parsed = arm::ResourceId::parse(id);
    return parsed ? session.arm.find_resource(*parsed) : std::nullopt;
}

Json properties_of(const std::optional<arm::Resource>& resource) {
    return resource && !resource->properties.empty() ? Json::parse(resource->properties) : Json::object();
}

// "10.0.0.0/24" of the subnet that an address belongs to.
Json subnet_of(Session& session, const std::string& subnet_id) {
    std::string prefix = text_of(properties_of(referred(session, subnet_id)), "addressPrefix");
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(subnet_id);
    const std::optional<arm::ResourceId> network = id ? id->parent() : std::nullopt;
    if (prefix.empty() && network) {
        const Json whole = properties_of(session.arm.find_resource(*network));
        const Json* subnets = find(whole, "subnets");
        if (subnets != nullptr && subnets->is_array())
            for (const Json& subnet : *subnets)
                if (iequals(text_at(subnet, "name"), id->name()))
                    prefix = text_of(subnet, "properties.addressPrefix");
    }
    const size_t slash = prefix.find('/');
    return Json{{"address", prefix.substr(0, slash)},
                {"prefix", slash == std::string::npos ? std::string() : prefix.substr(slash + 1)}};
}

Json interface_of(Session& session, const std::string& nic_id) {
    const Json nic = properties_of(referred(session, nic_id));
    Json addresses = Json::array();
    Json subnets = Json::array();
    const Json* configurations = find(nic, "ipConfigurations");
    if (configurations != nullptr && configurations->is_array())
        for (const Json& one : *configurations) {
            const Json address =
                properties_of(referred(session, text_of(one, "properties.publicIPAddress.id")));
            addresses.push_back({{"privateIpAddress", text_of(one, "properties.privateIPAddress")},
                                 {"publicIpAddress", text_of(address, "ipAddress")}});
            subnets.push_back(subnet_of(session, text_of(one, "properties.subnet.id")));
        }
    std::string mac;
    for (const char c : text_of(nic, "macAddress"))
        if (c != '-' && c != ':') mac += c;
    return Json{{"ipv4", {{"ipAddress", addresses}, {"subnet", subnets}}},
                {"ipv6", {{"ipAddress", Json::array()}}},
                {"macAddress", mac}};
}

// The addresses of an interface that the load balancer's part tells of.
void add_frontends(Session& session, const std::string& nic_id, Json& frontends) {
    const Json nic = properties_of(referred(session, nic_id));
    const Json* configurations = find(nic, "ipConfigurations");
    if (configurations == nullptr || !configurations->is_array()) return;
    for (const Json& one : *configurations) {
        const std::optional<arm::Resource> address =
            referred(session, text_of(one, "properties.publicIPAddress.id"));
        const std::string ip = text_of(properties_of(address), "ipAddress");
        const bool standard = address && !address->sku.empty() &&
                              iequals(text_at(Json::parse(address->sku), "name"), "Standard");
        if (standard && !ip.empty())
            frontends.push_back({{"frontendIpAddress", ip},
                                 {"privateIpAddress", text_of(one, "properties.privateIPAddress")}});
    }
}

Json network_document(Session& session, const arm::Resource& vm) {
    const Json properties = Json::parse(vm.properties.empty() ? "{}" : vm.properties);
    Json interfaces = Json::array();
    const Json* given = find(properties, "networkProfile.networkInterfaces");
    if (given != nullptr && given->is_array())
        for (const Json& one : *given) interfaces.push_back(interface_of(session, text_at(one, "id")));
    return Json{{"interface", interfaces}};
}

}  // namespace

Json instance_document(Session& session, const arm::Resource& vm) {
    const compute::VirtualMachine machine =
        session.compute.find_virtual_machine(vm.id.text()).value_or(compute::VirtualMachine{});
    return Json{{"compute", compute_document(vm, machine)}, {"network", network_document(session, vm)}};
}

Json load_balancer_document(Session& session, const arm::Resource& vm) {
    const Json properties = Json::parse(vm.properties.empty() ? "{}" : vm.properties);
    Json frontends = Json::array();
    const Json* given = find(properties, "networkProfile.networkInterfaces");
    if (given != nullptr && given->is_array())
        for (const Json& one : *given) add_frontends(session, text_at(one, "id"), frontends);
    if (frontends.empty()) return nullptr;
    return {{"loadbalancer",
             {{"publicIpAddresses", frontends},
              {"inboundRules", Json::array()},
              {"outboundRules", Json::array()}}}};
}

}  // namespace azid::imds
