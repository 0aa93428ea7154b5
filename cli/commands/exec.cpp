#include "cli/app/environment.hpp"
#include "cli/app/output.hpp"
#include "cli/commands/clock_notice.hpp"
#include "cli/commands/serve.hpp"
#include "cli/server/beside.hpp"
#include "cli/server/child.hpp"
#include "cli/server/client_files.hpp"
#include "cli/server/door_choice.hpp"
#include "cli/server/doors.hpp"
#include "cli/server/namespaces.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>
#include <memory>
#include <stdexcept>

namespace azid::commands {

namespace {

using server::Door;
using server::Variables;

// What is to run, and where: in a VM, in an app, or in neither.
struct Guest {
    std::vector<std::string> command;
    std::string vm;   // name or id
    std::string app;  // name or id
};

Door door_of(const app::Context& context) {
    const server::DoorChoice choice = server::choose_door(
        context.args.text("via"), server::namespaces_refused, context.environment.read_file);
    if (!choice.warning.empty()) context.environment.write_error("WARNING: " + choice.warning + "\n");
    return choice.door;
}

// The variables of a command, whatever the door adds.
Variables variables_of(const std::string& state_path, const server::Beside& beside,
                       const server::Doorway& doorway) {
    Variables all =
        doorway.proxy.empty() ? server::no_proxy_variables() : server::proxy_variables(doorway.proxy);
    const auto add = [&](const Variables& more) { all.insert(all.end(), more.begin(), more.end()); };
    add(server::trust_variables(beside.files, state_path));
    add(server::no_identity_variables());
    if (beside.vm) add({{"AZID_VM", beside.vm->text()}});
    if (beside.app)
        add(server::app_variables(beside.app->app.name(), doorway.app_endpoint, beside.app->secret));
    return all;
}

int run(const app::Context& context, Door door, const Guest& guest) {
    const std::string group = context.args.text("resource_group_name");
    const std::string subscription = context.args.text("_subscription");
    server::ServedState state(context.environment, context.state_path);
    state.read([&](Session& session) {
        if (const std::optional<std::string> notice = clock_notice(session, context.environment))
            context.environment.write_error("WARNING: " + *notice + "\n");
    });
    const server::ClientFiles files = server::client_files(context.state_path);
    server::write_client_files(files, state.authority_pem());
    server::Metadata metadata(state, !context.args.flag("no_throttle"));
    const auto log = std::make_shared<server::LogWriter>(context.environment.write_error);
    server::Beside beside{state, metadata, files, server::settings_for(state, context, log), {}, {}};
    if (!guest.vm.empty()) beside.vm = server::running_vm(state, guest.vm, group, subscription);
    if (!guest.app.empty())
        beside.app = state.app_identity(server::known_app(state, guest.app, group, subscription));
    const server::Start start = [&](const server::Doorway& doorway) {
        return server::start(guest.command, variables_of(context.state_path, beside, doorway));
    };
    return door == Door::namespaces ? server::run_in_namespaces(beside, start)
                                    : server::run_through_proxy(beside, start);
}

[[noreturn]] void run_and_end(const app::Context& context, const Guest& guest) {
    const Door door = door_of(context);
    try {
        throw app::AlreadyTold{run(context, door, guest)};
    } catch (const std::runtime_error& error) {
        throw Error(fault::client, fmt::format("{}.", error.what()));
    }
}

}  // namespace

Json exec(app::Context& context) {
    const app::Args& args = context.args;
    const std::vector<std::string> command = args.list("command");
    if (command.empty() || command.front().empty())
        throw Error(fault::usage, "the following arguments are required: COMMAND");
    if (args.given("vm") && args.given("app"))
        throw Error(fault::usage, "argument --app: not allowed with argument --vm");
    run_and_end(context, {command, args.text("vm"), args.text("app")});
}

Json vm_shell(app::Context& context) {
    const std::string vm = context.args.text("vm_name");
    std::vector<std::string> command = context.args.list("command");
    if (command.empty()) {
        const std::string shell = context.environment.variable("SHELL").value_or("");
        command = {shell.starts_with('/') && access(shell.c_str(), X_OK) == 0 ? shell : "/bin/sh"};
        if (context.environment.stdin_is_terminal && context.environment.stderr_is_terminal)
            context.environment.write_error(
                fmt::format("A shell as code in the virtual machine '{}'; 'exit' leaves it.\n", vm));
    }
    run_and_end(context, {command, vm, ""});
}

}  // namespace azid::commands
