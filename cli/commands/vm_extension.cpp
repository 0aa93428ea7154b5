#include "cli/commands/aaz.hpp"
#include "cli/commands/json_argument.hpp"
#include "cli/commands/shape.hpp"
#include "cli/commands/vm.hpp"
#include "cli/commands/vm_shape.hpp"
#include "cli/commands/wait.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/compute/extensions.hpp"
#include "core/compute/virtual_machines.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

arm::ResourceId extension_id(const app::Context& context) {
    return machine_id(context).child("extensions", context.args.text("vm_extension_name"));
}

// az sends "major.minor" alone, the newest where none is given.
std::string handler_version(const app::Args& args) {
    std::string version = args.text("version");
    if (version.empty())
        for (const compute::KnownExtension& known : compute::known_extensions())
            if (iequals(known.publisher, args.text("publisher")) &&
                iequals(known.name, args.text("vm_extension_name")))
                version = known.version;
    if (version.empty())
        throw Error(fault::client, fmt::format("Failed to find the latest version for the extension \"{}\"",
                                               args.text("vm_extension_name")));
    const std::size_t first = version.find('.');
    return first == std::string::npos ? version : version.substr(0, version.find('.', first + 1));
}

// The name under which the machine has that extension already, else the one that is wanted.
std::string instance_name(app::Context& context, const std::string& wanted) {
    const app::Args& args = context.args;
    for (const arm::Resource& one : compute::extensions_of(context.session(), machine_id(context))) {
        const Json properties = Json::parse(one.properties);
        if (iequals(text_at(properties, "publisher"), args.text("publisher")) &&
            iequals(text_at(properties, "type"), args.text("vm_extension_name")))
            return one.id.name();
    }
    return wanted;
}

Json extension_properties(app::Context& context) {
    const app::Args& args = context.args;
    Json properties = {{"autoUpgradeMinorVersion", !args.flag("no_auto_upgrade")},
                       {"publisher", args.text("publisher")},
                       {"type", args.text("vm_extension_name")},
                       {"typeHandlerVersion", handler_version(args)}};
    if (args.given("enable_auto_upgrade"))
        properties["enableAutomaticUpgrade"] = args.flag("enable_auto_upgrade");
    if (args.given("settings")) properties["settings"] = json_argument(context, args.text("settings"));
    if (args.given("protected_settings"))
        properties["protectedSettings"] = json_argument(context, args.text("protected_settings"));
    if (args.flag("force_update")) properties["forceUpdateTag"] = new_guid(context.session().random);
    return properties;
}

}  // namespace

Json vm_extension_set(app::Context& context) {
    const app::Args& args = context.args;
    const Json machine = compute::get_machine(context.session(), machine_id(context));
    const std::string wanted = args.given("extension_instance_name") ? args.text("extension_instance_name")
                                                                     : args.text("vm_extension_name");
    const arm::ResourceId id = machine_id(context).child("extensions", instance_name(context, wanted));
    Json made = compute::put_extension(
        context.session(), id,
        {{"location", text_at(machine, "location")}, {"properties", extension_properties(context)}});
    return args.flag("no_wait") ? Json() : aaz_shaped(std::move(made));
}

Json vm_extension_show(app::Context& context) {
    const app::Args& args = context.args;
    const std::string expand = args.flag("instance_view") ? "instanceView" : args.text("expand");
    return aaz_shaped(compute::expand_extension(context.session(), extension_id(context), expand));
}

Json vm_extension_list(app::Context& context) {
    Json found = Json::array();
    for (Json& extension : compute::list_extensions(context.session(), machine_id(context)))
        found.push_back(aaz_shaped(std::move(extension)));
    return found;
}

Json vm_extension_delete(app::Context& context) {
    compute::remove_extension(context.session(), extension_id(context));
    return nullptr;
}

Json vm_extension_wait(app::Context& context) {
    return wait_for(context, [&] {
        return aaz_shaped(
            compute::expand_extension(context.session(), extension_id(context), context.args.text("expand")));
    });
}

}  // namespace azid::commands
