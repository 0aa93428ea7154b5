#include "core/compute/extensions.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/ports.hpp"
#include "core/compute/power.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::compute {

namespace {

constexpr KnownExtension known[] = {
    {"Microsoft.Azure.Extensions", "CustomScript", "2.1.13", "Linux"},
    {"Microsoft.Azure.Extensions", "DockerExtension", "1.2.2", "Linux"},
    {"Microsoft.Compute", "BGInfo", "2.2.5", "Windows"},
    {"Microsoft.Compute", "CustomScriptExtension", "1.10.20", "Windows"},
    {"Microsoft.Compute", "VMAccessAgent", "2.4.10", "Windows"},
    {"Microsoft.OSTCExtensions", "VMAccessForLinux", "1.5.16", "Linux"},
    {"Microsoft.OSTCExtensions", "CustomScriptForLinux", "1.5.5", "Linux"},
    {"Microsoft.Azure.ActiveDirectory", "AADLoginForWindows", "2.2.0", "Windows"},
    {"Microsoft.Azure.ActiveDirectory", "AADSSHLoginForLinux", "1.0.3027", "Linux"},
    {"Microsoft.Azure.Monitor", "AzureMonitorLinuxAgent", "1.35.4", "Linux"},
    {"Microsoft.Azure.Monitor", "AzureMonitorWindowsAgent", "1.34.0", "Windows"},
    {"Microsoft.Azure.Diagnostics", "LinuxDiagnostic", "4.1.33", "Linux"},
    {"Microsoft.Azure.Diagnostics", "IaaSDiagnostics", "1.22.0", "Windows"},
    {"Microsoft.Azure.KeyVault", "KeyVaultForLinux", "3.5.3041", "Linux"},
    {"Microsoft.Azure.KeyVault", "KeyVaultForWindows", "3.5.3041", "Windows"},
    {"Microsoft.Azure.NetworkWatcher", "NetworkWatcherAgentLinux", "1.4.3783", "Linux"},
    {"Microsoft.Azure.NetworkWatcher", "NetworkWatcherAgentWindows", "1.4.3783", "Windows"},
    {"Microsoft.Azure.Security", "AzureDiskEncryption", "2.4.0", "Windows"},
    {"Microsoft.Azure.Security", "AzureDiskEncryptionForLinux", "1.4.0", "Linux"},
    {"Microsoft.Azure.Security.LinuxAttestation", "GuestAttestation", "1.0.0", "Linux"},
    {"Microsoft.Azure.Security.WindowsAttestation", "GuestAttestation", "1.0.0", "Windows"},
    {"Microsoft.ManagedIdentity", "ManagedIdentityExtensionForLinux", "1.0.0", "Linux"},
    {"Microsoft.ManagedIdentity", "ManagedIdentityExtensionForWindows", "1.0.0", "Windows"},
    {"Microsoft.Powershell", "DSC", "2.83.5", "Windows"},
};

arm::Resource running_machine(Session& session, const arm::ResourceId& id) {
    const arm::Resource machine = arm::require_resource(session, id);
    const std::optional<VirtualMachine> row = session.compute.find_virtual_machine(machine.id.text());
    if (row && row->power_state != running)
        throw Error(fault::operation_not_allowed,
                    "Cannot modify extensions in the VM when the VM is not running.");
    return machine;
}

void require_text(const Json& properties, const char* member) {
    if (text_at(properties, member).empty())
        throw Error(fault::invalid_parameter,
                    fmt::format("Required parameter '{}' is missing (null).", member))
            .with_target(member);
}

Json kept_properties(const Json& sent) {
    Json properties = Json::object();
    for (const char* name : {"autoUpgradeMinorVersion", "forceUpdateTag", "enableAutomaticUpgrade"})
        if (sent.contains(name) && !sent[name].is_null()) properties[name] = sent[name];
    properties["provisioningState"] = "Succeeded";
    for (const char* name : {"publisher", "type", "typeHandlerVersion", "settings", "suppressFailures",
                             "provisionAfterExtensions"})
        if (sent.contains(name) && !sent[name].is_null()) properties[name] = sent[name];
    return properties;
}

Json write(Session& session, const arm::ResourceId& id, const Json& body, Json sent) {
    // A PUT of one that is there may leave out what it is (recorded: "vm encryption disable").
    if (const std::optional<arm::Resource> before = session.arm.find_resource(id)) {
        const Json old = Json::parse(before->properties);
        for (const char* member : {"publisher", "type", "typeHandlerVersion"})
            if (!sent.contains(member) && old.contains(member)) sent[member] = old[member];
    }
    for (const char* member : {"publisher", "type", "typeHandlerVersion"}) require_text(sent, member);
    const arm::Resource machine = running_machine(session, *id.parent());
    Json envelope = body;
    envelope["properties"] = kept_properties(sent);
    arm::Resource extension = arm::resource_from(session, id, envelope);
    extension.location = machine.location;
    session.arm.save(extension);
    session.note("compute", "extension written", extension.id.text());
    return extension_wire(extension);
}

}  // namespace

Json extension_wire(const arm::Resource& extension) {
    Json body = {{"name", extension.id.name()},
                 {"id", extension.id.text()},
                 {"type", extension_type},
                 {"location", extension.location}};
    if (!extension.tags.empty()) body["tags"] = Json::parse(extension.tags);
    body["properties"] = Json::parse(extension.properties);
    return body;
}

Json extension_view(const arm::Resource& extension) {
    const Json properties = Json::parse(extension.properties);
    return {{"name", extension.id.name()},
            {"type", text_at(properties, "publisher") + "." + text_at(properties, "type")},
            {"typeHandlerVersion", text_at(properties, "typeHandlerVersion")},
            {"statuses", Json::array({{{"code", "ProvisioningState/succeeded"},
                                       {"level", "Info"},
                                       {"displayStatus", "Provisioning succeeded"},
                                       {"message", "Kept, not carried out: azid runs no guest."}}})}};
}

Json put_extension(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    Json sent = body.value("properties", Json::object());
    // A change need not say again what the extension is (recorded answers).
    if (const std::optional<arm::Resource> before = session.arm.find_resource(id)) {
        const Json old = Json::parse(before->properties);
        for (const char* name : {"publisher", "type", "typeHandlerVersion"})
            if (!sent.contains(name) && old.contains(name)) sent[name] = old[name];
    }
    return write(session, id, body, sent);
}

Json patch_extension(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    Json sent = Json::parse(arm::require_resource(session, id).properties);
    sent.merge_patch(body.value("properties", Json::object()));
    return write(session, id, body, sent);
}

Json get_extension(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    return extension_wire(arm::require_resource(session, id));
}

Json expand_extension(Session& session, const arm::ResourceId& id, std::string_view what) {
    Json body = get_extension(session, id);
    if (lower(what).find("instanceview") != std::string::npos)
        body["properties"]["instanceView"] = extension_view(arm::require_resource(session, id));
    return body;
}

bool remove_extension(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    const std::optional<arm::Resource> extension = session.arm.find_resource(id);
    if (!extension) return false;
    running_machine(session, *id.parent());
    arm::erase(session, *extension);
    return true;
}

std::vector<arm::Resource> extensions_of(Session& session, const arm::ResourceId& machine) {
    std::vector<arm::Resource> found;
    for (arm::Resource& extension :
         session.arm.resources(machine.subscription(), machine.group(), extension_type))
        if (istarts_with(extension.id.key(), machine.key() + "/")) found.push_back(std::move(extension));
    return found;
}

std::vector<Json> list_extensions(Session& session, const arm::ResourceId& machine) {
    rbac::authorise(session, std::string(extension_type) + "/read", machine.text());
    arm::require_resource(session, machine);
    std::vector<Json> found;
    for (const arm::Resource& extension : extensions_of(session, machine))
        found.push_back(extension_wire(extension));
    return found;
}

std::span<const KnownExtension> known_extensions() { return known; }

}  // namespace azid::compute
