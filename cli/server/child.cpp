#include "cli/server/child.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstring>
#include <map>

namespace azid::server {

namespace {

std::vector<std::string> changed_environment(const Variables& variables) {
    std::map<std::string, std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text(*entry);
        const std::size_t equals = text.find('=');
        if (equals != std::string::npos) all[text.substr(0, equals)] = text.substr(equals + 1);
    }
    for (const auto& [name, value] : variables) {
        if (value.empty())
            all.erase(name);
        else
            all[name] = value;
    }
    std::vector<std::string> lines;
    for (const auto& [name, value] : all) {
        std::string line = name;
        line.append("=").append(value);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

pid_t start(const std::vector<std::string>& command, const Variables& variables) {
    std::vector<std::string> words = command;
    std::vector<std::string> lines = changed_environment(variables);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t usual;
    sigemptyset(&usual);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGQUIT}) sigaddset(&usual, signal);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    pid_t child = 0;
    const int error = posix_spawnp(&child, words.front().c_str(), nullptr, &attributes,
                                   pointers(words).data(), pointers(lines).data());
    posix_spawnattr_destroy(&attributes);
    if (error != 0)
        throw Error(fault::client, fmt::format("Cannot run '{}': {}.", words.front(), std::strerror(error)));
    return child;
}

std::optional<int> exit_status(pid_t child) {
    int status = 0;
    if (waitpid(child, &status, WNOHANG) != child) return {};
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace azid::server
