#include "cli/commands/serve.hpp"

#include "cli/app/environment.hpp"
#include "cli/server/client_files.hpp"
#include "cli/server/doors.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>
#include <csignal>
#include <stdexcept>

namespace azid::commands {

namespace {

using server::Address;

Address listen(server::Server& server, const Address& wanted, server::Answer answer) {
    try {
        return {wanted.ip, server.listen(wanted.ip, wanted.port, std::move(answer))};
    } catch (const std::runtime_error& error) {
        throw Error(fault::client, fmt::format("{}.", error.what()));
    }
}

void warn_unless_loopback(const app::Context& context, const Address& address) {
    if (!server::is_loopback(address))
        context.environment.write_error(
            fmt::format("WARNING: {} can be reached from other machines. Whoever reaches it can ask for "
                        "tokens of this state.\n",
                        server::text_of(address)));
}

// "VM=ADDR:PORT", the VM by name (with --resource-group) or resource id.
Json listen_for_vms(server::Server& server, server::ServedState& state, server::Metadata& metadata,
                    const app::Context& context) {
    Json all = Json::object();
    for (const std::string& text : context.args.list("imds")) {
        const std::size_t equals = text.rfind('=');
        if (equals == std::string::npos)
            throw Error(fault::client, fmt::format("'{}' is not VM=ADDRESS:PORT.", text));
        const arm::ResourceId vm =
            server::running_vm(state, text.substr(0, equals), context.args.text("resource_group_name"),
                               context.args.text("_subscription"));
        const Address wanted = server::address_of(text.substr(equals + 1));
        warn_unless_loopback(context, wanted);
        const Address got = listen(server, wanted, server::metadata_answer(metadata, vm));
        all[vm.text()] = "http://" + server::text_of(got);
    }
    return all;
}

}  // namespace

Json serve(app::Context& context) {
    server::ServedState state(context.environment, context.state_path);
    const server::ClientFiles files = server::client_files(context.state_path);
    server::write_client_files(files, state.authority_pem());
    server::Metadata metadata(state, !context.args.flag("no_throttle"));
    server::Server server(server::settings_for(state, context));
    for (const int signal : {SIGINT, SIGTERM}) server.on_signal(signal, [&server] { server.stop(); });

    std::optional<arm::ResourceId> vm;
    if (context.args.given("vm"))
        vm = server::running_vm(state, context.args.text("vm"), context.args.text("resource_group_name"),
                                context.args.text("_subscription"));
    const Address wanted = server::address_of(context.args.text("listen"));
    warn_unless_loopback(context, wanted);
    const Address listening = listen(server, wanted, server::azure_answer(state, metadata, vm));
    Json ready{{"listen", server::text_of(listening)},
               {"proxy", "http://" + server::text_of(listening)},
               {"certificateAuthority", files.authority},
               {"pid", getpid()}};
    ready["imds"] = listen_for_vms(server, state, metadata, context);
    server::overwrite(files.ready, compact(ready) + "\n");
    context.environment.write_out(compact(ready) + "\n");
    server.run();
    unlink(files.ready.c_str());
    return nullptr;
}

Json env(app::Context& context) {
    const server::ClientFiles files = server::client_files(context.state_path);
    const std::optional<std::string> text = context.environment.read_file(files.ready);
    const Json ready = Json::parse(text.value_or(""), nullptr, false);
    const bool running = ready.is_object() && kill(ready.value("pid", 0), 0) == 0;
    if (!running)
        throw Error(fault::client, fmt::format("No 'azid serve' runs on the state '{}'. Start one first.",
                                               context.state_path));
    server::Variables variables = server::trust_variables(files, context.state_path);
    for (const auto& one : server::proxy_variables(ready["proxy"].get<std::string>()))
        variables.push_back(one);
    for (const auto& [vm, url] : ready["imds"].items()) {
        variables.emplace_back("AZURE_POD_IDENTITY_AUTHORITY_HOST", url.get<std::string>());
        variables.emplace_back("AZID_VM", vm);
        break;
    }
    std::string lines;
    for (const auto& [name, value] : variables)
        lines += value.empty() ? fmt::format("unset {}\n", name)
                               : fmt::format("export {}='{}'\n", name, replace_all(value, "'", "'\\''"));
    context.environment.write_out(lines);
    return nullptr;
}

}  // namespace azid::commands
