#include "cli/commands/shape.hpp"
#include "cli/commands/vm.hpp"
#include "cli/commands/vm_shape.hpp"
#include "cli/commands/wait.hpp"
#include "cli/server/guest_run.hpp"
#include "core/arm/locations.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/catalog.hpp"
#include "core/compute/power.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

arm::ResourceId region(const app::Context& context) {
    return {context.subscription,
            "",
            "Microsoft.Compute",
            {{"locations", arm::normal_location(context.args.text("location"))}}};
}

Json shown_document(Json document) {
    document["schema"] = document["$schema"];
    document.erase("$schema");
    return document;
}

// Run commands that are resources of a machine: azid makes none, so that there never is one.
Json kept_command(app::Context& context) {
    const arm::ResourceId id =
        machine_id(context).child("runCommands", context.args.text("run_command_name"));
    rbac::authorise(context.session(), id.type() + "/read", id.text());
    arm::require_resource(context.session(), *id.parent());
    arm::require_resource(context.session(), id);
    return nullptr;
}

Json refuse_to_run(app::Context& context) {
    compute::check_run_command(context.session(), machine_id(context), {{"commandId", "RunShellScript"}});
    throw Error(fault::not_modelled,
                "azid keeps no run commands as resources: 'azid vm run-command invoke' runs scripts.");
}

// The lines of --scripts; values of --parameters are the script's arguments in order, those with a name also
// variables of its environment.
server::GuestScript script_of(const app::Args& args) {
    server::GuestScript script{join(args.list("scripts"), "\n"), {}, {}};
    if (iequals(args.text("command_id"), "ifconfig")) script.text = "ip address";
    for (const std::string& parameter : args.list("parameters")) {
        const std::size_t equals = parameter.find('=');
        script.arguments.push_back(equals == std::string::npos ? parameter : parameter.substr(equals + 1));
        if (equals != std::string::npos && equals > 0)
            script.variables.emplace_back(parameter.substr(0, equals), parameter.substr(equals + 1));
    }
    return script;
}

}  // namespace

Json vm_run_command_invoke(app::Context& context) {
    const arm::ResourceId machine = machine_id(context);
    compute::check_run_command(context.session(), machine, {{"commandId", context.args.text("command_id")}});
    return machine.text();
}

Json vm_run_command_in_guest(app::Context& context, Json machine) {
    const server::GuestResult result =
        server::run_in_guest(context.environment, context.state_path,
                             *arm::ResourceId::parse(machine.get<std::string>()), script_of(context.args));
    if (context.args.flag("no_wait")) return nullptr;
    Json answer = Json::parse(server::run_command_answer(result));
    answer["value"][0]["time"] = nullptr;
    return answer;
}

Json vm_run_command_create(app::Context& context) { return refuse_to_run(context); }

Json vm_run_command_update(app::Context& context) { return refuse_to_run(context); }

Json vm_run_command_delete(app::Context& context) {
    kept_command(context);
    return nullptr;
}

Json vm_run_command_list(app::Context& context) {
    const app::Args& args = context.args;
    if (args.given("vm_name") && args.given("resource_group_name")) {
        const arm::ResourceId machine = machine_id(context);
        rbac::authorise(context.session(), machine.type() + "/runCommands/read", machine.text());
        arm::require_resource(context.session(), machine);
        return Json::array();
    }
    if (!args.given("location"))
        throw Error(fault::client, "Please specify --location or specify --vm-name and --resource-group");
    Json found = Json::array();
    for (const Json& document : compute::run_commands_wire(context.session(), region(context)).at("value"))
        found.push_back(with_fields(shown_document(document), "description id label osType schema"));
    return found;
}

Json vm_run_command_show(app::Context& context) {
    const app::Args& args = context.args;
    if (args.given("location") && args.given("command_id"))
        return with_fields(
            shown_document(compute::run_command_wire(
                context.session(), region(context).child("runCommands", args.text("command_id")))),
            "description id label osType parameters schema script");
    if (args.given("vm_name") && args.given("resource_group_name") && args.given("run_command_name"))
        return kept_command(context);
    throw Error(fault::client,
                "Please specify --location and --command-id or specify --vm-name, --resource-group and "
                "--run-command-name");
}

Json vm_run_command_wait(app::Context& context) {
    return wait_for(context, [&] { return vm_run_command_show(context); });
}

}  // namespace azid::commands
