// What az asks the guest to do: users, certificates, the daily shutdown. There is no guest; what can be kept
// is kept and shown.
#include "cli/app/environment.hpp"
#include "cli/commands/aaz.hpp"
#include "cli/commands/shape.hpp"
#include "cli/commands/vm.hpp"
#include "cli/commands/vm_shape.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/compute/extensions.hpp"
#include "core/compute/power.hpp"
#include "core/compute/ssh_key.hpp"
#include "core/compute/virtual_machines.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view extension_fields =
    "autoUpgradeMinorVersion enableAutomaticUpgrade forceUpdateTag id instanceView location name "
    "protectedSettings protectedSettingsFromKeyVault provisionAfterExtensions provisioningState publisher "
    "settings suppressFailures tags type typeHandlerVersion typePropertiesType";
constexpr std::string_view no_guest =
    "azid runs no operating system: the request is kept as the access extension, and nobody's sign-in "
    "changes.";

struct AccessExtension {
    const char* name;
    const char* publisher;
    const char* type;
    const char* version;
};
constexpr AccessExtension linux_access{"enablevmaccess", "Microsoft.OSTCExtensions", "VMAccessForLinux",
                                       "1.5"};
constexpr AccessExtension windows_access{"enablevmaccess", "Microsoft.Compute", "VMAccessAgent", "2.4"};

bool is_linux(const Json& machine) {
    const Json* type = find(machine, "properties.storageProfile.osDisk.osType");
    return type == nullptr || *type == "Linux";
}

Json write_access(app::Context& context, const Json& machine) {
    const AccessExtension& access = is_linux(machine) ? linux_access : windows_access;
    context.messages.warn(std::string(no_guest));
    const Json made =
        compute::put_extension(context.session(), machine_id(context).child("extensions", access.name),
                               {{"location", text_at(machine, "location")},
                                {"properties",
                                 {{"publisher", access.publisher},
                                  {"type", access.type},
                                  {"typeHandlerVersion", access.version},
                                  {"autoUpgradeMinorVersion", true},
                                  {"settings", Json::object()},
                                  {"forceUpdateTag", new_guid(context.session().random)}}}});
    if (context.args.flag("no_wait")) return nullptr;
    return with_fields(aaz_shaped(made), extension_fields);
}

Json linux_only(app::Context& context, const char* command) {
    Json machine = compute::get_machine(context.session(), machine_id(context));
    if (!is_linux(machine))
        throw Error(fault::client, fmt::format("'{}' is not supported on Windows VMs", command));
    return machine;
}

arm::ResourceId schedule_id(const app::Context& context) {
    return {context.subscription,
            context.args.text("resource_group_name"),
            "microsoft.devtestlab",
            {{"schedules", "shutdown-computevm-" + context.args.text("vm_name")}}};
}

}  // namespace

Json vm_user_update(app::Context& context) {
    const app::Args& args = context.args;
    const Json machine = compute::get_machine(context.session(), machine_id(context));
    if (is_linux(machine)) {
        if (!args.given("password") && !args.given("ssh_key_value"))
            throw Error(fault::client, "usage error: --password | --ssh-key-value");
        const std::string given = args.text("ssh_key_value");
        const std::optional<std::string> file = given.empty() || compute::is_ssh_public_key(given)
                                                    ? std::nullopt
                                                    : context.environment.read_file(given);
        if (!given.empty() && !compute::is_ssh_public_key(trim(file.value_or(given))))
            throw Error(fault::client,
                        "An RSA key file or key value must be supplied to SSH Key Value. You can use "
                        "--generate-ssh-keys to let CLI generate one for you");
    } else if (args.given("ssh_key_value")) {
        throw Error(fault::client, "SSH key is not appliable on a Windows VM");
    }
    return write_access(context, machine);
}

Json vm_user_delete(app::Context& context) {
    return write_access(context, linux_only(context, "vm user delete"));
}

Json vm_user_reset_ssh(app::Context& context) {
    return write_access(context, linux_only(context, "vm user reset-ssh"));
}

Json vm_secret_list(app::Context& context) {
    const Json machine = compute::get_machine(context.session(), machine_id(context));
    const Json* secrets = find(machine, "properties.osProfile.secrets");
    return secrets == nullptr || !secrets->is_array() ? Json::array() : *secrets;
}

Json vm_secret_add(app::Context& context) {
    compute::get_machine(context.session(), machine_id(context));
    throw Error(fault::not_modelled,
                "azid installs no certificates in machines: let code in the machine read the vault with its "
                "identity.");
}

Json vm_secret_remove(app::Context& context) { return vm_secret_list(context); }

Json vm_secret_format(app::Context&) {
    throw Error(fault::not_modelled,
                "azid installs no certificates in machines: let code in the machine read the vault with its "
                "identity.");
}

Json vm_capture(app::Context& context) {
    compute::capture_machine(context.session(), machine_id(context), {});
    return nullptr;
}

Json vm_auto_shutdown(app::Context& context) {
    const app::Args& args = context.args;
    Session& session = context.session();
    if (args.flag("off")) {
        if (args.given("email") || args.given("webhook") || args.given("time"))
            context.messages.warn("If --off, other parameters will be ignored.");
        arm::remove_plain(session, schedule_id(context));
        return nullptr;
    }
    if (!args.given("time")) throw Error(fault::client, "usage error: --time is a required parameter");
    Json properties = {{"status", "Enabled"},
                       {"taskType", "ComputeVmShutdownTask"},
                       {"dailyRecurrence", {{"time", args.text("time")}}},
                       {"timeZoneId", "UTC"},
                       {"notificationSettings", {{"status", "Disabled"}, {"timeInMinutes", 30}}},
                       {"createdDate", az_iso(session.now)},
                       {"targetResourceId", machine_id(context).text()},
                       {"uniqueIdentifier", new_guid(session.random)}};
    if (args.given("email") || args.given("webhook"))
        properties["notificationSettings"]["status"] = "Enabled";
    if (args.given("email")) properties["notificationSettings"]["emailRecipient"] = args.text("email");
    if (args.given("webhook")) properties["notificationSettings"]["webhookUrl"] = args.text("webhook");
    return aaz_shaped(
        arm::put_plain(session, schedule_id(context),
                       {{"location", location_or_group(context)}, {"properties", std::move(properties)}}));
}

}  // namespace azid::commands
