#include "cli/app/environment.hpp"
#include "cli/app/output.hpp"
#include "cli/commands/serve.hpp"
#include "cli/server/child.hpp"
#include "cli/server/client_files.hpp"
#include "cli/server/doors.hpp"
#include "cli/server/namespaces.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <csignal>
#include <mutex>
#include <stdexcept>

namespace azid::commands {

namespace {

using server::Variables;

constexpr const char* metadata_address = "169.254.169.254";

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

// A hosts file and the bundle of authorities, bound over the system's own within the namespace. The hosts
// file is rewritten in place whenever a name comes into being.
class PrivateFiles {
  public:
    PrivateFiles(server::ServedState& state, const server::ClientFiles& files) : state_(state) {
        std::string pattern = "/tmp/azid-XXXXXX";
        const int file = mkstemp(pattern.data());
        if (file < 0) throw Error(fault::client, "Cannot make a file in /tmp.");
        if (fchmod(file, 0644) != 0) throw Error(fault::client, "Cannot open the hosts file to its readers.");
        close(file);
        path_ = pattern;
        refresh();
        server::put_over(path_, "/etc/hosts");
        const std::string bundle = server::system_bundle();
        if (!bundle.empty()) server::put_over(files.bundle, bundle);
    }
    ~PrivateFiles() { unlink(path_.c_str()); }
    PrivateFiles(const PrivateFiles&) = delete;
    PrivateFiles& operator=(const PrivateFiles&) = delete;

    void refresh() {
        const std::lock_guard<std::mutex> lock(mutex_);
        std::string text = "127.0.0.1 localhost\n::1 localhost\n";
        for (const std::string& name : state_.host_names()) text += "127.0.0.1 " + name + "\n";
        if (text == written_) return;
        server::overwrite(path_, text);
        written_ = std::move(text);
    }

  private:
    server::ServedState& state_;
    std::string path_;
    std::mutex mutex_;  // of what follows
    std::string written_;
};

struct Run {
    app::Context& context;
    server::ServedState& state;
    const server::ClientFiles& files;
    server::Metadata& metadata;
    std::optional<arm::ResourceId> vm;
};

// Runs the command beside the server; gives its exit status.
int run_beside(const Run& run, server::Server& server, Variables variables) {
    for (const auto& one : server::trust_variables(run.files, run.context.state_path))
        variables.push_back(one);
    variables.emplace_back("AZID_VM", run.vm ? run.vm->text() : "");
    pid_t child = 0;
    int status = 1;
    server.on_signal(SIGCHLD, [&] {
        if (const std::optional<int> ended = server::exit_status(child)) {
            status = *ended;
            server.stop();
        }
    });
    server.on_signal(SIGINT, [] {});  // the terminal sends it to the command too, whose matter it is
    server.on_signal(SIGTERM, [&] { kill(child, SIGTERM); });
    child = server::start(run.context.args.list("command"), variables);
    server.run();
    return status;
}

int run_in_namespaces(const Run& run) {
    server::enter_namespaces();
    PrivateFiles names(run.state, run.files);
    server::Server server(server::settings_for(run.state, run.context));
    const server::Answer azure = server::azure_answer(run.state, run.metadata, run.vm);
    const server::Answer answer = [&](const http::Request& request) {
        http::Response response = azure(request);
        if (request.method == "PUT" || request.method == "POST") names.refresh();
        return response;
    };
    for (const unsigned short port : {80, 443}) server.listen("127.0.0.1", port, answer);
    if (run.vm) {
        server::add_loopback_address(metadata_address);
        server.listen(metadata_address, 80, server::metadata_answer(run.metadata, *run.vm));
    }
    server.every(std::chrono::milliseconds(100), [&] { names.refresh(); });
    return run_beside(run, server, server::no_proxy_variables());
}

int run_through_proxy(const Run& run) {
    server::Server server(server::settings_for(run.state, run.context));
    const unsigned short port =
        server.listen("127.0.0.1", 0, server::azure_answer(run.state, run.metadata, run.vm));
    return run_beside(run, server, server::proxy_variables(fmt::format("http://127.0.0.1:{}", port)));
}

}  // namespace

Json exec(app::Context& context) {
    if (context.args.list("command").empty() || context.args.list("command").front().empty())
        throw Error(fault::usage, "the following arguments are required: COMMAND");
    const Door door = door_of(context);
    server::ServedState state(context.environment, context.state_path);
    const server::ClientFiles files = server::client_files(context.state_path);
    server::write_client_files(files, state.authority_pem());
    server::Metadata metadata(state, !context.args.flag("no_throttle"));
    Run run{context, state, files, metadata, {}};
    if (context.args.given("vm"))
        run.vm = server::running_vm(state, context.args.text("vm"), context.args.text("resource_group_name"),
                                    context.args.text("_subscription"));
    try {
        throw app::AlreadyTold{door == Door::namespaces ? run_in_namespaces(run) : run_through_proxy(run)};
    } catch (const std::runtime_error& error) {
        throw Error(fault::client, fmt::format("{}.", error.what()));
    }
}

}  // namespace azid::commands
