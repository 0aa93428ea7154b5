#include "cli/commands/vm_shape.hpp"

#include "cli/commands/shape.hpp"
#include "core/base/text.hpp"
#include "core/network/network.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::commands {

namespace {

// The model's members, by where they stand. Those of 2.74 (compute 2024-11-01).
struct Fields {
    std::string_view path;
    std::string_view names;
};
constexpr Fields machine_fields[] = {
    {"",
     "additionalCapabilities applicationProfile availabilitySet billingProfile capacityReservation "
     "diagnosticsProfile etag evictionPolicy extendedLocation extensionsTimeBudget hardwareProfile host "
     "hostGroup id identity instanceView licenseType location managedBy name networkProfile osProfile "
     "placement plan platformFaultDomain priority provisioningState proximityPlacementGroup resources "
     "scheduledEventsPolicy scheduledEventsProfile securityProfile storageProfile tags timeCreated type "
     "userData virtualMachineScaleSet vmId zones"},
    {"hardwareProfile", "vmSize vmSizeProperties"},
    {"networkProfile", "networkApiVersion networkInterfaceConfigurations networkInterfaces"},
    {"networkProfile.networkInterfaces[]", "deleteOption id primary"},
    {"osProfile",
     "adminPassword adminUsername allowExtensionOperations computerName customData linuxConfiguration "
     "requireGuestProvisionSignal secrets windowsConfiguration"},
    {"osProfile.linuxConfiguration",
     "disablePasswordAuthentication enableVmAgentPlatformUpdates patchSettings provisionVmAgent ssh"},
    {"osProfile.linuxConfiguration.patchSettings", "assessmentMode automaticByPlatformSettings patchMode"},
    {"osProfile.windowsConfiguration",
     "additionalUnattendContent enableAutomaticUpdates enableVmAgentPlatformUpdates patchSettings "
     "provisionVmAgent timeZone winRm"},
    {"osProfile.windowsConfiguration.patchSettings",
     "assessmentMode automaticByPlatformSettings enableHotpatching patchMode"},
    {"storageProfile", "alignRegionalDisksToVmZone dataDisks diskControllerType imageReference osDisk"},
    {"storageProfile.imageReference",
     "communityGalleryImageId exactVersion id offer publisher sharedGalleryImageId sku version"},
    {"storageProfile.osDisk",
     "caching createOption deleteOption diffDiskSettings diskSizeGb encryptionSettings image managedDisk "
     "name osType vhd writeAcceleratorEnabled"},
    {"storageProfile.osDisk.managedDisk", "diskEncryptionSet id securityProfile storageAccountType"},
    {"storageProfile.dataDisks[]",
     "caching createOption deleteOption detachOption diskIopsReadWrite diskMBpsReadWrite diskSizeGb image "
     "lun managedDisk name sourceResource toBeDetached vhd writeAcceleratorEnabled"},
    {"storageProfile.dataDisks[].managedDisk", "diskEncryptionSet id securityProfile storageAccountType"},
    {"securityProfile", "encryptionAtHost encryptionIdentity proxyAgentSettings securityType uefiSettings"},
    {"securityProfile.uefiSettings", "secureBootEnabled vTpmEnabled"},
    {"additionalCapabilities", "hibernationEnabled ultraSsdEnabled"},
    {"diagnosticsProfile.bootDiagnostics", "enabled storageUri"},
    {"identity", "principalId tenantId type userAssignedIdentities"},
    {"instanceView",
     "assignedHost bootDiagnostics computerName disks extensions hyperVGeneration isVmInStandbyPool "
     "maintenanceRedeployStatus osName osVersion patchStatus platformFaultDomain platformUpdateDomain "
     "rdpThumbPrint statuses vmAgent vmHealth"},
    {"instanceView.disks[]", "encryptionSettings name statuses"},
    {"instanceView.disks[].statuses[]", "code displayStatus level message time"},
    {"instanceView.statuses[]", "code displayStatus level message time"},
    {"instanceView.vmAgent", "extensionHandlers statuses vmAgentVersion"},
    {"instanceView.vmAgent.statuses[]", "code displayStatus level message time"},
};

// Wire names that az's model spells another way.
constexpr std::pair<std::string_view, std::string_view> spellings[] = {
    {"diskSizeGB", "diskSizeGb"},
    {"provisionVMAgent", "provisionVmAgent"},
    {"enableVMAgentPlatformUpdates", "enableVmAgentPlatformUpdates"},
    {"ultraSSDEnabled", "ultraSsdEnabled"},
    {"diskIOPSReadWrite", "diskIopsReadWrite"},
    {"winRM", "winRm"},
    {"vCPUsAvailable", "vCpUsAvailable"},
    {"vCPUsPerCore", "vCpUsPerCore"},
    {"alignRegionalDisksToVMZone", "alignRegionalDisksToVmZone"},
    {"inVMAccessControlProfileReferenceId", "inVmAccessControlProfileReferenceId"},
};

Json spelled(Json value) {
    if (value.is_array()) {
        for (Json& item : value) item = spelled(std::move(item));
        return value;
    }
    if (!value.is_object()) return value;
    Json renamed = Json::object();
    for (auto& [name, member] : value.items()) {
        std::string key = name;
        for (const auto& [wire, shown] : spellings)
            if (key == wire) key = shown;
        // Tags and the ids of identities are the user's own words, not the model's.
        renamed[key] = name == "tags" || name == "userAssignedIdentities" ? member : spelled(member);
    }
    return renamed;
}

// "disk_size_gb" as "diskSizeGb".
std::string camel_case(const std::string& name) {
    if (name.find('_') == std::string::npos) return name;
    std::string camel;
    bool raise = false;
    for (const char c : name) {
        if (c == '_') {
            raise = !camel.empty();
            continue;
        }
        camel += raise ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        raise = false;
    }
    return camel;
}

std::string wire_name(const std::string& name) {
    const std::string camel = camel_case(name);
    for (const auto& [wire, shown] : spellings)
        if (iequals(camel, shown)) return std::string(wire);
    return camel;
}

Json wire_spelled(const Json& value) {
    if (value.is_array()) {
        Json items = Json::array();
        for (const Json& item : value) items.push_back(wire_spelled(item));
        return items;
    }
    if (!value.is_object()) return value;
    Json renamed = Json::object();
    for (const auto& [name, member] : value.items())
        if (!member.is_null())
            renamed[wire_name(name)] =
                name == "tags" || name == "userAssignedIdentities" ? member : wire_spelled(member);
    return renamed;
}

void add(std::string& list, const std::string& item) {
    if (item.empty()) return;
    if (!list.empty()) list += ",";
    list += item;
}

}  // namespace

Json shaped_machine(Json body) {
    Json machine = spelled(flattened(std::move(body)));
    const auto network = machine.find("networkProfile");
    if (network != machine.end() && network->contains("networkInterfaces"))
        for (Json& item : (*network)["networkInterfaces"]) item = flattened(std::move(item));
    for (const Fields& fields : machine_fields) fill_nulls(machine, fields.path, fields.names);
    return machine;
}

Json arm_machine(const Json& shown) {
    static constexpr std::string_view envelope[] = {
        "location", "tags", "zones", "plan", "identity", "extendedLocation", "placement"};
    static constexpr std::string_view read_only[] = {
        "id",        "name", "type",         "etag",        "resources",
        "managedBy", "vmId", "instanceView", "timeCreated", "provisioningState"};
    const auto within = [](const auto& names, std::string_view name) {
        return std::find(std::begin(names), std::end(names), name) != std::end(names);
    };
    Json body = Json::object();
    Json properties = Json::object();
    const Json spelled_back = wire_spelled(shown);
    for (const auto& [name, member] : spelled_back.items())
        if (within(envelope, name))
            body[name] = member;
        else if (!within(read_only, name))
            properties[name] = member;
    if (properties.contains("networkProfile") && properties["networkProfile"].contains("networkInterfaces"))
        for (Json& item : properties["networkProfile"]["networkInterfaces"]) {
            Json reference = {{"id", text_at(item, "id")}};
            for (const auto& [name, member] : item.items())
                if (name != "id") reference["properties"][name] = member;
            item = std::move(reference);
        }
    body["properties"] = std::move(properties);
    return body;
}

Json shaped_identity(const Json& body) {
    const auto found = body.find("identity");
    if (found == body.end() || found->is_null()) return nullptr;
    return with_fields(*found, "principalId tenantId type userAssignedIdentities");
}

std::vector<std::string> interfaces_of(const Json& body) {
    std::vector<std::string> ids;
    const Json* list = find(body, "properties.networkProfile.networkInterfaces");
    if (list != nullptr)
        for (const Json& item : *list) ids.push_back(text_at(item, "id"));
    return ids;
}

Details details_of(app::Context& context, const Json& body) {
    Details details;
    for (const std::string& id : interfaces_of(body)) {
        const network::Addresses addresses = network::addresses_of(context.session(), id);
        add(details.mac_addresses, addresses.mac);
        for (const std::string& address : addresses.private_addresses) add(details.private_ips, address);
        for (const network::PublicAddress& address : addresses.public_addresses) {
            add(details.public_ips, address.address);
            add(details.fqdns, address.fqdn);
        }
    }
    const Json* statuses = find(body, "properties.instanceView.statuses");
    if (statuses != nullptr)
        for (const Json& status : *statuses)
            if (text_at(status, "code").starts_with("PowerState/"))
                details.power_state = text_at(status, "displayStatus");
    return details;
}

Json with_details(app::Context& context, const Json& body) {
    const Details details = details_of(context, body);
    Json machine = shaped_machine(body);
    machine.erase("instanceView");
    machine["fqdns"] = details.fqdns;
    machine["macAddresses"] = details.mac_addresses;
    machine["powerState"] = details.power_state;
    machine["privateIps"] = details.private_ips;
    machine["publicIps"] = details.public_ips;
    return machine;
}

arm::ResourceId machine_id(const app::Context& context) {
    return {context.subscription,
            context.args.text("resource_group_name"),
            "Microsoft.Compute",
            {{"virtualMachines", context.args.text("vm_name")}}};
}

}  // namespace azid::commands
