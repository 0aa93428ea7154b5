#include "cli/commands/vm_create_plan.hpp"
#include "core/base/base64.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// The versions of az's own template.
Json resource(const VmPlan& plan, const char* type, const char* version, const std::string& name) {
    return {{"apiVersion", version},
            {"type", type},
            {"name", name},
            {"location", plan.location},
            {"tags", Json::parse(plan.tags)},
            {"dependsOn", Json::array()}};
}

std::string last_name(const std::string& id) { return id.substr(id.rfind('/') + 1); }

Json network_resource(app::Context& context, const VmPlan& plan) {
    Json made = resource(plan, "Microsoft.Network/virtualNetworks", "2015-06-15", plan.network_name);
    made["properties"] = {
        {"addressSpace", {{"addressPrefixes", Json::array({context.args.text("vnet_address_prefix")})}}},
        {"subnets",
         Json::array({{{"name", plan.subnet_name},
                       {"properties", {{"addressPrefix", context.args.text("subnet_address_prefix")}}}}})}};
    return made;
}

Json group_resource(app::Context& context, const VmPlan& plan) {
    Json made =
        resource(plan, "Microsoft.Network/networkSecurityGroups", "2015-06-15", last_name(plan.group_id));
    std::string rule = context.args.text("nsg_rule");
    if (rule.empty()) rule = plan.os_type == "Windows" ? "RDP" : "SSH";
    if (rule == "NONE") return made;
    const bool rdp = rule == "RDP";
    made["properties"]["securityRules"] = Json::array({{{"name", rdp ? "rdp" : "default-allow-ssh"},
                                                        {"properties",
                                                         {{"protocol", "Tcp"},
                                                          {"sourcePortRange", "*"},
                                                          {"destinationPortRange", rdp ? "3389" : "22"},
                                                          {"sourceAddressPrefix", "*"},
                                                          {"destinationAddressPrefix", "*"},
                                                          {"access", "Allow"},
                                                          {"priority", 1000},
                                                          {"direction", "Inbound"}}}}});
    return made;
}

Json address_resource(app::Context& context, const VmPlan& plan, const std::string& name) {
    const app::Args& args = context.args;
    Json made = resource(plan, "Microsoft.Network/publicIPAddresses", "2022-01-01", name);
    const std::string sku = args.text("public_ip_sku");
    std::string allocation = args.text("public_ip_address_allocation");
    if (allocation.empty()) allocation = sku == "Standard" ? "static" : "dynamic";
    made["properties"]["publicIPAllocationMethod"] = allocation == "static" ? "Static" : "Dynamic";
    if (args.given("public_ip_address_dns_name"))
        made["properties"]["dnsSettings"]["domainNameLabel"] = args.text("public_ip_address_dns_name");
    made["sku"]["name"] = sku;
    if (!plan.zone.empty()) made["zones"] = Json::array({plan.zone});
    return made;
}

Json interface_resource(app::Context& context, const VmPlan& plan, const std::string& name,
                        const std::string& address_id) {
    const app::Args& args = context.args;
    Json made = resource(plan, "Microsoft.Network/networkInterfaces", "2015-06-15", name);
    if (plan.network == Origin::made)
        made["dependsOn"].push_back("Microsoft.Network/virtualNetworks/" + plan.network_name);
    if (plan.group == Origin::made)
        made["dependsOn"].push_back("Microsoft.Network/networkSecurityGroups/" + last_name(plan.group_id));
    if (plan.address == Origin::made)
        made["dependsOn"].push_back("Microsoft.Network/publicIPAddresses/" + last_name(address_id));
    Json configuration = {{"name", "ipconfig" + plan.name}};
    Json& properties = configuration["properties"];
    const bool fixed = args.given("private_ip_address");
    properties["privateIPAllocationMethod"] = fixed ? "Static" : "Dynamic";
    properties["subnet"]["id"] = plan.subnet_id;
    if (fixed) properties["privateIPAddress"] = args.text("private_ip_address");
    if (!address_id.empty()) properties["publicIPAddress"]["id"] = address_id;
    for (const std::string& group : args.list("application_security_groups"))
        properties["applicationSecurityGroups"].push_back(
            {{"id", resource_id(context, "Microsoft.Network", "applicationSecurityGroups", group)}});
    made["properties"]["ipConfigurations"] = Json::array({std::move(configuration)});
    if (plan.group != Origin::none) made["properties"]["networkSecurityGroup"]["id"] = plan.group_id;
    if (args.given("accelerated_networking"))
        made["properties"]["enableAcceleratedNetworking"] = args.flag("accelerated_networking");
    return made;
}

std::string delete_option_of(const app::Context& context, const std::string& interface) {
    for (const std::string& item : context.args.list("nic_delete_option")) {
        const std::size_t equals = item.find('=');
        if (equals == std::string::npos) return item;
        if (iequals(item.substr(0, equals), last_name(interface))) return item.substr(equals + 1);
    }
    return {};
}

Json interfaces_profile(const app::Context& context, const std::vector<std::string>& ids) {
    Json list = Json::array();
    for (const std::string& id : ids) {
        Json entry = {{"id", id}};
        if (ids.size() > 1 || context.args.given("nics")) entry["properties"]["primary"] = list.empty();
        const std::string option = delete_option_of(context, id);
        if (!option.empty()) entry["properties"]["deleteOption"] = option;
        list.push_back(std::move(entry));
    }
    return list;
}

// The host name that az makes of a machine's name: without special characters, and cut for Windows.
std::string computer_name(const app::Context& context, const VmPlan& plan, const std::string& name) {
    if (context.args.given("computer_name")) return context.args.text("computer_name");
    std::string host;
    for (const char c : name)
        if (std::string_view("`~!@#$%^&*()=+_[]{}\\|;:'\",<>/?").find(c) == std::string_view::npos) host += c;
    if (plan.os_type == "Windows" && host.size() > 15) host.resize(15);
    return host;
}

void set_patching(const app::Context& context, Json& system) {
    const app::Args& args = context.args;
    if (args.given("enable_agent")) system["provisionVMAgent"] = args.flag("enable_agent");
    if (args.given("patch_mode")) system["patchSettings"]["patchMode"] = args.text("patch_mode");
}

Json os_profile(const app::Context& context, const VmPlan& plan, const std::string& name) {
    const app::Args& args = context.args;
    Json os = {{"computerName", computer_name(context, plan, name)}, {"adminUsername", plan.admin_username}};
    if (!plan.admin_password.empty()) os["adminPassword"] = "[parameters('adminPassword')]";
    Json system = Json::object();
    set_patching(context, system);
    if (plan.os_type == "Windows") {
        if (args.given("enable_auto_update"))
            system["enableAutomaticUpdates"] = args.flag("enable_auto_update");
        if (args.given("enable_hotpatching"))
            system["patchSettings"]["enableHotpatching"] = args.flag("enable_hotpatching");
        if (!system.empty()) os["windowsConfiguration"] = std::move(system);
        return os;
    }
    if (!plan.ssh_keys.empty()) {
        system["disablePasswordAuthentication"] = plan.authentication == "ssh";
        const std::string path = args.given("ssh_dest_key_path")
                                     ? args.text("ssh_dest_key_path")
                                     : fmt::format("/home/{}/.ssh/authorized_keys", plan.admin_username);
        for (const std::string& key : plan.ssh_keys)
            system["ssh"]["publicKeys"].push_back({{"path", path}, {"keyData", key}});
    }
    if (!system.empty()) os["linuxConfiguration"] = std::move(system);
    return os;
}

Json security_profile(const app::Context& context, const VmPlan& plan) {
    const app::Args& args = context.args;
    Json security = Json::object();
    if (!plan.security_type.empty() && plan.security_type != "Standard")
        security["securityType"] = plan.security_type;
    if (plan.secure_boot) security["uefiSettings"]["secureBootEnabled"] = *plan.secure_boot;
    if (plan.vtpm) security["uefiSettings"]["vTpmEnabled"] = *plan.vtpm;
    if (args.given("encryption_at_host")) security["encryptionAtHost"] = args.flag("encryption_at_host");
    if (args.given("encryption_identity"))
        security["encryptionIdentity"]["userAssignedIdentityResourceId"] = args.text("encryption_identity");
    Json agent = Json::object();
    if (args.given("enable_proxy_agent")) agent["enabled"] = args.flag("enable_proxy_agent");
    if (args.given("proxy_agent_mode")) agent["mode"] = args.text("proxy_agent_mode");
    if (args.given("key_incarnation_id")) agent["keyIncarnationId"] = args.number("key_incarnation_id");
    if (args.given("wire_server_mode")) agent["wireServer"]["mode"] = args.text("wire_server_mode");
    if (args.given("wire_server_access_control_profile_reference_id"))
        agent["wireServer"]["inVMAccessControlProfileReferenceId"] =
            args.text("wire_server_access_control_profile_reference_id");
    if (args.given("imds_mode")) agent["imds"]["mode"] = args.text("imds_mode");
    if (args.given("imds_access_control_profile_reference_id"))
        agent["imds"]["inVMAccessControlProfileReferenceId"] =
            args.text("imds_access_control_profile_reference_id");
    if (!agent.empty()) security["proxyAgentSettings"] = std::move(agent);
    return security;
}

// Options that only refer to another resource: where they stand in the machine's properties.
struct Reference {
    const char* option;
    const char* member;
    const char* type;
};
constexpr Reference references[] = {
    {"availability_set", "availabilitySet", "availabilitySets"},
    {"proximity_placement_group", "proximityPlacementGroup", "proximityPlacementGroups"},
    {"dedicated_host", "host", "hosts"},
    {"dedicated_host_group", "hostGroup", "hostGroups"},
    {"vmss", "virtualMachineScaleSet", "virtualMachineScaleSets"},
};

void set_schedule(const app::Args& args, Json& properties) {
    Json policy = Json::object();
    if (args.given("additional_scheduled_events"))
        policy["scheduledEventsAdditionalPublishingTargets"]["eventGridAndResourceGraph"]["enable"] =
            args.flag("additional_scheduled_events");
    if (args.given("enable_user_reboot_scheduled_events"))
        policy["userInitiatedReboot"]["automaticallyApprove"] =
            args.flag("enable_user_reboot_scheduled_events");
    if (args.given("enable_user_redeploy_scheduled_events"))
        policy["userInitiatedRedeploy"]["automaticallyApprove"] =
            args.flag("enable_user_redeploy_scheduled_events");
    if (!policy.empty()) properties["scheduledEventsPolicy"] = std::move(policy);
}

// What azid keeps and shows without acting on it.
void set_recorded(const app::Context& context, Json& properties) {
    const app::Args& args = context.args;
    for (const Reference& reference : references)
        if (args.given(reference.option))
            properties[reference.member]["id"] =
                resource_id(context, "Microsoft.Compute", reference.type, args.text(reference.option));
    if (args.given("capacity_reservation_group"))
        properties["capacityReservation"]["capacityReservationGroup"]["id"] =
            resource_id(context, "Microsoft.Compute", "capacityReservationGroups",
                        args.text("capacity_reservation_group"));
    if (args.given("license_type")) properties["licenseType"] = args.text("license_type");
    if (args.given("priority")) properties["priority"] = args.text("priority");
    if (args.given("eviction_policy")) properties["evictionPolicy"] = args.text("eviction_policy");
    if (args.given("max_price")) properties["billingProfile"]["maxPrice"] = args.real("max_price");
    if (args.given("platform_fault_domain"))
        properties["platformFaultDomain"] = args.number("platform_fault_domain");
    if (args.given("user_data")) properties["userData"] = base64(args.text("user_data"));
    if (args.given("v_cpus_available"))
        properties["hardwareProfile"]["vmSizeProperties"]["vCPUsAvailable"] = args.number("v_cpus_available");
    if (args.given("v_cpus_per_core"))
        properties["hardwareProfile"]["vmSizeProperties"]["vCPUsPerCore"] = args.number("v_cpus_per_core");
    if (args.given("ultra_ssd_enabled"))
        properties["additionalCapabilities"]["ultraSSDEnabled"] = args.flag("ultra_ssd_enabled");
    if (args.given("enable_hibernation"))
        properties["additionalCapabilities"]["hibernationEnabled"] = args.flag("enable_hibernation");
    if (args.given("boot_diagnostics_storage")) {
        const std::string storage = args.text("boot_diagnostics_storage");
        properties["diagnosticsProfile"]["bootDiagnostics"] = {
            {"enabled", true},
            {"storageUri", storage.starts_with("http")
                               ? storage
                               : fmt::format("https://{}.blob.core.windows.net/", storage)}};
    }
    set_schedule(args, properties);
}

Json storage_profile(const app::Context& context, const VmPlan& plan) {
    Json storage = {{"osDisk", Json::parse(plan.os_disk_body)}};
    const Json disks = Json::parse(plan.data_disks);
    if (!disks.empty()) storage["dataDisks"] = disks;
    if (plan.image)
        storage["imageReference"] = {{"publisher", plan.image->publisher},
                                     {"offer", plan.image->offer},
                                     {"sku", plan.image->sku},
                                     {"version", plan.image->version}};
    const app::Args& args = context.args;
    if (args.given("disk_controller_type")) storage["diskControllerType"] = args.text("disk_controller_type");
    if (args.given("align_regional_disks_to_vm_zone"))
        storage["alignRegionalDisksToVMZone"] = args.flag("align_regional_disks_to_vm_zone");
    return storage;
}

Json machine_resource(const app::Context& context, const VmPlan& plan, const std::string& name,
                      const std::vector<std::string>& interfaces) {
    const app::Args& args = context.args;
    Json made = resource(plan, "Microsoft.Compute/virtualMachines", "2024-11-01", name);
    if (plan.interfaces.empty())
        made["dependsOn"].push_back("Microsoft.Network/networkInterfaces/" + last_name(interfaces.front()));
    Json& properties = made["properties"];
    properties["hardwareProfile"]["vmSize"] = args.text("size");
    properties["networkProfile"]["networkInterfaces"] = interfaces_profile(context, interfaces);
    properties["storageProfile"] = storage_profile(context, plan);
    if (plan.image) properties["osProfile"] = os_profile(context, plan, name);
    Json security = security_profile(context, plan);
    if (!security.empty()) properties["securityProfile"] = std::move(security);
    set_recorded(context, properties);
    if (!plan.zone.empty()) made["zones"] = Json::array({plan.zone});
    if (args.given("plan_name"))
        made["plan"] = {{"name", args.text("plan_name")},
                        {"publisher", args.text("plan_publisher")},
                        {"product", args.text("plan_product")},
                        {"promotionCode", args.text("plan_promotion_code")}};
    if (plan.with_identity) made["identity"] = added_identities(nullptr, plan.identities);
    return made;
}

Json assignment_resource(app::Context& context, const VmPlan& plan, const std::string& machine) {
    const std::string id = resource_id(context, "Microsoft.Compute", "virtualMachines", machine);
    return {
        {"apiVersion", "2015-07-01"},
        {"type", "Microsoft.Authorization/roleAssignments"},
        {"name", new_guid(context.session().random)},
        {"dependsOn", Json::array({"Microsoft.Compute/virtualMachines/" + machine})},
        {"properties",
         {{"roleDefinitionId", plan.role_id},
          {"principalId", fmt::format("[reference('{}', '2024-11-01', 'Full').identity.principalId]", id)},
          {"scope", plan.scope}}}};
}

}  // namespace

Json template_resources(app::Context& context, const VmPlan& plan, const std::string& index) {
    Json resources = Json::array();
    std::vector<std::string> interfaces = plan.interfaces;
    if (interfaces.empty()) {
        const bool first = index.empty() || index == "0";
        if (plan.network == Origin::made && first) resources.push_back(network_resource(context, plan));
        if (plan.group == Origin::made && first) resources.push_back(group_resource(context, plan));
        const std::string address = plan.address == Origin::made ? plan.address_id + index : plan.address_id;
        if (plan.address == Origin::made)
            resources.push_back(address_resource(context, plan, last_name(address)));
        const std::string name = plan.name + "VMNic" + index;
        resources.push_back(
            interface_resource(context, plan, name, plan.address == Origin::none ? "" : address));
        interfaces = {resource_id(context, "Microsoft.Network", "networkInterfaces", name)};
    }
    resources.push_back(machine_resource(context, plan, plan.name + index, interfaces));
    if (!plan.role_id.empty()) resources.push_back(assignment_resource(context, plan, plan.name + index));
    return resources;
}

}  // namespace azid::commands
