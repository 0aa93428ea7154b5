#include "cli/server/guest_run.hpp"

#include "cli/app/environment.hpp"
#include "cli/server/beside.hpp"
#include "cli/server/guest.hpp"
#include "cli/server/namespaces.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>

namespace azid::server {

namespace {

constexpr std::size_t kept = 4096;

// What the script finds in its environment: nothing of the caller's.
Variables guest_variables(const GuestScript& script, const arm::ResourceId& vm) {
    const std::string bundle = system_bundle();
    Variables variables{{"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
                        {"HOME", "/root"},
                        {"LANG", "C.UTF-8"},
                        {"AZID_VM", vm.text()}};
    if (!bundle.empty())
        for (const char* const name :
             {"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"})
            variables.emplace_back(name, bundle);
    variables.insert(variables.end(), script.variables.begin(), script.variables.end());
    return variables;
}

GuestResult run_here(const app::Environment& environment, const std::string& state_path,
                     const arm::ResourceId& vm, const GuestScript& script) {
    ServedState state(environment, state_path, false);
    const ClientFiles files = client_files(state_path);
    write_client_files(files, state.authority_pem());
    Metadata metadata(state, true);
    const Captured captured;
    GuestResult result;
    result.status =
        run_in_namespaces({state, metadata, files, settings_for(state), vm, {}}, [&](const Doorway&) {
            return start_guest({script.text, script.arguments, guest_variables(script, vm)}, captured);
        });
    result.out = captured.last_of_out(kept);
    result.error = captured.last_of_error(kept);
    return result;
}

std::string all_of(int file) {
    std::string text;
    char piece[4096];
    for (;;) {
        const ssize_t got = read(file, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return text;
        text.append(piece, static_cast<std::size_t>(got));
    }
}

}  // namespace

std::string guest_outcome(const app::Environment& environment, const std::string& state_path,
                          const arm::ResourceId& vm, const GuestScript& script) {
    const std::string reason = namespaces_refused();
    if (!reason.empty()) return compact(Json{{"refused", reason}});
    try {
        const GuestResult result = run_here(environment, state_path, vm, script);
        return compact(Json{{"status", result.status}, {"out", result.out}, {"error", result.error}});
    } catch (const std::exception& problem) {
        return compact(Json{{"problem", problem.what()}});
    }
}

GuestResult guest_result(int file) {
    const Json told = Json::parse(all_of(file), nullptr, false);
    close(file);
    if (told.is_object() && told.contains("refused"))
        throw Error(
            fault::not_modelled,
            fmt::format("Scripts run in namespaces of their own only, and this system gives none: {}.",
                        text_at(told, "refused")));
    if (!told.is_object() || told.contains("problem"))
        throw Error(fault::client,
                    fmt::format("The script could not be run: {}.",
                                told.is_object() ? text_at(told, "problem") : "its process ended early"));
    return {told["status"].get<int>(), text_at(told, "out"), text_at(told, "error")};
}

GuestResult run_in_guest(const app::Environment& environment, const std::string& state_path,
                         const arm::ResourceId& vm, const GuestScript& script) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw Error(fault::client, "The system gives no pipe.");
    const pid_t child = fork();
    if (child == 0) {
        const std::string text = guest_outcome(environment, state_path, vm, script);
        const ssize_t told = write(ends[1], text.data(), text.size());
        _exit(told == static_cast<ssize_t>(text.size()) ? 0 : 1);
    }
    close(ends[1]);
    const auto reap = [child] {
        int status = 0;
        while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
    };
    try {
        GuestResult result = guest_result(ends[0]);
        reap();
        return result;
    } catch (const Error&) {
        reap();
        throw;
    }
}

std::string run_command_answer(const GuestResult& result) {
    const bool good = result.status == 0;
    const std::string outcome =
        good ? "Enable succeeded: "
             : fmt::format("Enable failed: failed to execute command: command terminated with exit status={}",
                           result.status);
    return compact(Json{
        {"value",
         {{{"code", good ? "ProvisioningState/succeeded" : "ProvisioningState/failed/1"},
           {"displayStatus", good ? "Provisioning succeeded" : "Provisioning failed"},
           {"level", good ? "Info" : "Error"},
           {"message", fmt::format("{}\n[stdout]\n{}\n[stderr]\n{}", outcome, result.out, result.error)}}}}});
}

}  // namespace azid::server
