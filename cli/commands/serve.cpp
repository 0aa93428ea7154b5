#include "cli/commands/serve.hpp"

#include "cli/app/environment.hpp"
#include "cli/commands/clock_notice.hpp"
#include "cli/server/client_files.hpp"
#include "cli/server/doors.hpp"
#include "cli/server/file_limit.hpp"
#include "cli/server/ready_file.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <sys/resource.h>
#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <utility>

namespace azid::commands {

namespace {

using server::Address;

// What a server has open beside its connections.
constexpr std::size_t own_files = 100;

constexpr const char* usual_address = "127.0.0.1:8443";

// The listeners of one server, and what is told of them.
class Listeners {
  public:
    Listeners(const app::Context& context, server::ServedState& state, server::Metadata& metadata,
              server::Server& server)
        : context_(context), state_(state), metadata_(metadata), server_(server) {}

    void open() {
        std::vector<std::pair<arm::ResourceId, Address>> machines = places("imds", server::running_vm);
        std::vector<std::pair<arm::ResourceId, Address>> apps = places("app", server::known_app);
        std::optional<arm::ResourceId> vm;
        if (context_.args.given("vm"))
            vm = server::running_vm(state_, context_.args.text("vm"), group(), subscription());
        else if (machines.size() == 1)
            vm = machines.front().first;
        open_main(server::azure_answer(state_, metadata_, vm));
        for (const auto& [machine, address] : machines)
            imds_[machine.text()] = "http://" + server::text_of(server::reached_at(listen(
                                                    address, server::metadata_answer(metadata_, machine),
                                                    "metadata endpoint of " + machine.name())));
        for (const auto& [app, address] : apps) open_app(app, address);
    }

    // What is printed, and what "env" needs beyond it.
    Json ready(const server::ClientFiles& files) const {
        return {{"listen", listen_},
                {"proxy", proxy_},
                {"imds", imds_},
                {"apps", apps_},
                {"certificateAuthority", files.authority},
                {"pid", getpid()}};
    }
    const Json& secrets() const { return secrets_; }

  private:
    std::string group() const { return context_.args.text("resource_group_name"); }
    std::string subscription() const { return context_.args.text("_subscription"); }

    template <class Find>
    std::vector<std::pair<arm::ResourceId, Address>> places(const char* option, Find find) {
        std::vector<std::pair<arm::ResourceId, Address>> all;
        for (const std::string& text : context_.args.list(option)) {
            const std::size_t equals = text.rfind('=');
            if (equals == std::string::npos || equals == 0)
                throw Error(fault::client, fmt::format("'{}' is not NAME=ADDRESS:PORT.", text));
            all.emplace_back(find(state_, text.substr(0, equals), group(), subscription()),
                             server::address_of(text.substr(equals + 1)));
        }
        return all;
    }

    Address listen(const Address& wanted, server::Answer answer, const std::string& what) {
        Address got = wanted;
        try {
            got.port = server_.listen(wanted.ip, wanted.port, std::move(answer));
        } catch (const std::runtime_error& error) {
            throw Error(fault::client, fmt::format("{}.", error.what()));
        }
        if (!server::is_loopback(got))
            context_.environment.write_error(
                fmt::format("WARNING: {} can be reached from other machines. Whoever reaches it can ask for "
                            "tokens of this state.\n",
                            server::text_of(got)));
        if (server::is_verbose(context_))
            context_.environment.write_error(
                fmt::format("INFO: {} listens on {}\n", what, server::text_of(got)));
        return got;
    }

    // Each of the two understands everything; without --listen the proxy's address is enough.
    void open_main(const server::Answer& answer) {
        const std::string at = context_.args.text("listen");
        const std::string proxy_at = context_.args.text("proxy");
        std::optional<Address> proxy;
        if (!proxy_at.empty()) proxy = listen(server::address_of(proxy_at), answer, "the proxy");
        const Address main =
            !at.empty() || !proxy
                ? listen(server::address_of(at.empty() ? usual_address : at), answer, "Azure")
                : *proxy;
        listen_ = server::text_of(main);
        proxy_ = "http://" + server::text_of(server::reached_at(proxy.value_or(main)));
    }

    void open_app(const arm::ResourceId& app, const Address& address) {
        const server::AppIdentity identity = state_.app_identity(app);
        const Address got =
            listen(address, server::app_answer(state_, identity), "identity endpoint of " + app.name());
        apps_[app.text()] = server::app_url(server::reached_at(got));
        secrets_[app.text()] = identity.secret;
    }

    const app::Context& context_;
    server::ServedState& state_;
    server::Metadata& metadata_;
    server::Server& server_;
    std::string listen_;
    std::string proxy_;
    Json imds_ = Json::object();
    Json apps_ = Json::object();
    Json secrets_ = Json::object();
};

}  // namespace

Json serve(app::Context& context) {
    constexpr rlimit no_core{0, 0};  // secrets and keys are in this process's memory
    (void)setrlimit(RLIMIT_CORE, &no_core);
    server::ServedState state(context.environment, context.state_path);
    const server::ClientFiles files = server::client_files(context.state_path);
    server::write_client_files(files, state.authority_pem());
    server::Metadata metadata(state, !context.args.flag("no_throttle"));
    const auto log = std::make_shared<server::LogWriter>(context.environment.write_error);
    server::Settings settings = server::settings_for(state, context, log);
    const std::size_t most = server::raise_file_limit(settings.connections + own_files);
    settings.connections = std::min(settings.connections, std::max(most, 2 * own_files) - own_files);
    server::Server server(std::move(settings));
    state.read([&](Session& session) {
        if (const std::optional<std::string> notice = clock_notice(session, context.environment))
            context.environment.write_error("WARNING: " + *notice + "\n");
    });
    Listeners listeners(context, state, metadata, server);
    listeners.open();
    Json ready = listeners.ready(files);
    const std::string line = compact(ready) + "\n";
    ready["secrets"] = listeners.secrets();
    server::ReadyFile file(files.ready, compact(ready) + "\n");
    bool ending = false;
    for (const int signal : {SIGINT, SIGTERM})
        server.on_signal(signal, [&, signal] {
            if (std::exchange(ending, true)) {  // impatient: what is not committed is not done
                file.remove();
                _exit(128 + signal);
            }
            if (server::is_verbose(context)) log->write("INFO: ending, once what is in flight is done\n");
            server.stop();
        });
    context.environment.write_out(line);
    server.run();
    state.stop_guests();
    return nullptr;
}

}  // namespace azid::commands
