#include "cli/app/environment.hpp"
#include "cli/app/output.hpp"
#include "cli/commands/serve.hpp"
#include "cli/server/beside.hpp"
#include "cli/server/child.hpp"
#include "cli/server/client_files.hpp"
#include "cli/server/doors.hpp"
#include "cli/server/namespaces.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace azid::commands {

namespace {

using server::Variables;

// Clouds whose machines have a metadata service at 169.254.169.254, as their firmware names them.
constexpr std::string_view clouds[] = {"microsoft", "amazon",    "google",       "alibaba", "tencent",
                                       "oracle",    "openstack", "digitalocean", "hetzner", "xen"};

bool is_cloud_machine(const app::Environment& environment) {
    for (const char* const file : {"sys_vendor", "product_name", "chassis_asset_tag", "bios_vendor"}) {
        const std::string text =
            lower(environment.read_file(std::string("/sys/class/dmi/id/") + file).value_or(""));
        for (const std::string_view cloud : clouds)
            if (text.find(cloud) != std::string::npos) return true;
    }
    return false;
}

enum class Door { namespaces, proxy };

Door door_of(const app::Context& context) {
    const std::string via = context.args.text("via");
    if (via == "proxy") return Door::proxy;
    const std::string reason = server::namespaces_refused();
    if (reason.empty()) return Door::namespaces;
    if (via == "namespace")
        throw Error(fault::client, fmt::format("This system gives no namespaces: {}.", reason));
    if (is_cloud_machine(context.environment))
        throw Error(
            fault::client,
            fmt::format("This system gives no namespaces ({}), and this is a cloud machine: a command that "
                        "ignores proxies would reach the cloud's own metadata service. With --via proxy you "
                        "take that upon you.",
                        reason));
    context.environment.write_error(fmt::format(
        "WARNING: This system gives no namespaces ({}): going through a proxy instead.\n", reason));
    return Door::proxy;
}

// The variables of a command, whatever the door adds.
Variables variables_of(const app::Context& context, const server::ClientFiles& files,
                       const std::optional<arm::ResourceId>& vm, Variables door) {
    for (const auto& one : server::trust_variables(files, context.state_path)) door.push_back(one);
    door.emplace_back("AZID_VM", vm ? vm->text() : "");
    return door;
}

int run(const app::Context& context, Door door) {
    server::ServedState state(context.environment, context.state_path);
    const server::ClientFiles files = server::client_files(context.state_path);
    server::write_client_files(files, state.authority_pem());
    std::optional<arm::ResourceId> vm;
    if (context.args.given("vm"))
        vm = server::running_vm(state, context.args.text("vm"), context.args.text("resource_group_name"),
                                context.args.text("_subscription"));
    server::Metadata metadata(state, !context.args.flag("no_throttle"));
    server::Beside beside{state, metadata, files, server::settings_for(state, context), vm};
    const std::vector<std::string> command = context.args.list("command");
    if (door == Door::namespaces)
        return server::run_in_namespaces(std::move(beside), [&] {
            return server::start(command, variables_of(context, files, vm, server::no_proxy_variables()));
        });
    return server::run_through_proxy(std::move(beside), [&](const std::string& url) {
        return server::start(command, variables_of(context, files, vm, server::proxy_variables(url)));
    });
}

}  // namespace

Json exec(app::Context& context) {
    if (context.args.list("command").empty() || context.args.list("command").front().empty())
        throw Error(fault::usage, "the following arguments are required: COMMAND");
    const Door door = door_of(context);
    try {
        throw app::AlreadyTold{run(context, door)};
    } catch (const std::runtime_error& error) {
        throw Error(fault::client, fmt::format("{}.", error.what()));
    }
}

}  // namespace azid::commands
