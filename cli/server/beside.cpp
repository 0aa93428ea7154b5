#include "cli/server/beside.hpp"

#include "cli/server/child.hpp"
#include "cli/server/client_files.hpp"
#include "cli/server/fetch_helper.hpp"
#include "cli/server/namespaces.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <csignal>
#include <memory>
#include <mutex>

namespace azid::server {

namespace {

constexpr const char* metadata_address = "169.254.169.254";

// A hosts file and the bundle of authorities, bound over the system's own within the namespace. The hosts
// file is rewritten in place whenever a name comes into being.
class PrivateFiles {
  public:
    PrivateFiles(ServedState& state, const ClientFiles& files) : state_(state) {
        std::string pattern = "/tmp/azid-XXXXXX";
        const int file = mkstemp(pattern.data());
        if (file < 0) throw Error(fault::client, "Cannot make a file in /tmp.");
        if (fchmod(file, 0644) != 0) throw Error(fault::client, "Cannot open the hosts file to its readers.");
        close(file);
        path_ = pattern;
        refresh();
        put_over(path_, "/etc/hosts");
        const std::string bundle = system_bundle();
        if (!bundle.empty()) put_over(files.bundle, bundle);
    }
    ~PrivateFiles() { unlink(path_.c_str()); }
    PrivateFiles(const PrivateFiles&) = delete;
    PrivateFiles& operator=(const PrivateFiles&) = delete;

    void refresh() {
        const std::lock_guard<std::mutex> lock(mutex_);
        std::string text = "127.0.0.1 localhost\n::1 localhost\n";
        for (const std::string& name : state_.host_names()) text += "127.0.0.1 " + name + "\n";
        if (text == written_) return;
        overwrite(path_, text);
        written_ = std::move(text);
    }

  private:
    ServedState& state_;
    std::string path_;
    std::mutex mutex_;  // of what follows
    std::string written_;
};

// What others than the command may still have in flight when it has ended.
constexpr std::chrono::milliseconds patience{1000};

// Runs the command beside the server; gives its exit status.
int run_beside(Server& server, ServedState& state, const std::function<pid_t()>& start) {
    pid_t child = 0;
    int status = 1;
    server.on_signal(SIGCHLD, [&] {
        if (const std::optional<int> ended = exit_status(child)) {
            status = *ended;
            server.stop();
        }
    });
    for (const int signal : {SIGINT, SIGQUIT})  // the terminal sends them to the process too, whose matter
        server.on_signal(signal, [] {});        // they are
    for (const int signal : {SIGTERM, SIGHUP, SIGUSR1, SIGUSR2})
        server.on_signal(signal, [&child, signal] { kill(child, signal); });
    child = start();
    server.run();
    state.stop_guests();
    return status;
}

std::string app_endpoint(Server& server, const Beside& beside) {
    if (!beside.app) return {};
    const unsigned short port = server.listen("127.0.0.1", 0, app_answer(beside.state, *beside.app));
    return app_url({"127.0.0.1", port});
}

}  // namespace

int run_in_namespaces(Beside beside, const Start& start) {
    const std::unique_ptr<FetchHelper> outside =
        beside.state.fetches_issuers() ? std::make_unique<FetchHelper>() : nullptr;
    if (outside != nullptr)
        beside.state.fetch_issuers_with([&](const std::string& issuer) { return outside->fetch(issuer); });
    enter_namespaces();
    PrivateFiles names(beside.state, beside.files);
    beside.settings.stop_time = patience;
    Server server(std::move(beside.settings));
    const Answer azure = azure_answer(beside.state, beside.metadata, beside.vm);
    const Answer answer = [&](const http::Request& request) {
        Answered answered = azure.worked_out(request);
        if (request.method == "PUT" || request.method == "POST") names.refresh();
        return answered;
    };
    for (const unsigned short port : {80, 443}) server.listen("127.0.0.1", port, answer);
    if (beside.vm) {
        add_loopback_address(metadata_address);
        server.listen(metadata_address, 80, metadata_answer(beside.metadata, *beside.vm));
    }
    const Doorway place{"", app_endpoint(server, beside)};
    server.every(std::chrono::milliseconds(100), [&] { names.refresh(); });
    return run_beside(server, beside.state, [&] { return start(place); });
}

int run_through_proxy(Beside beside, const Start& start) {
    beside.settings.stop_time = patience;
    Server server(std::move(beside.settings));
    const unsigned short port =
        server.listen("127.0.0.1", 0, azure_answer(beside.state, beside.metadata, beside.vm));
    const Doorway place{fmt::format("http://127.0.0.1:{}", port), app_endpoint(server, beside)};
    return run_beside(server, beside.state, [&] { return start(place); });
}

}  // namespace azid::server
