#include "cli/app/environment.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/clock/clock.hpp"
#include "core/crypto/rsa_key.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

namespace azid::app {

namespace {

class SystemRandom : public Random {
  public:
    std::string bytes(std::size_t count) override {
        std::string out(count, '\0');
        for (std::size_t done = 0; done < count;) {
            const ssize_t got = getrandom(out.data() + done, count - done, 0);
            if (got < 0 && errno != EINTR) throw Error(fault::client, "The system gives no random numbers.");
            if (got > 0) done += static_cast<std::size_t>(got);
        }
        return out;
    }
};

bool write_out(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EPIPE) return false;
        if (written < 0)
            throw Error(fault::client, fmt::format("Cannot write the output: {}.", std::strerror(errno)));
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void write_error(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

// "~/x" is below the home folder.
std::string expanded(const std::string& path) {
    const char* home = std::getenv("HOME");
    return path.starts_with("~/") && home != nullptr ? home + path.substr(1) : path;
}

std::optional<std::string> read_file(const std::string& path) {
    if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    const std::string full = expanded(path);
    struct stat info {};
    if (stat(full.c_str(), &info) != 0 || S_ISDIR(info.st_mode)) return {};
    std::ifstream file(full, std::ios::binary);
    if (!file) return {};
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::pair<std::string, std::string>> variables() {
    std::vector<std::pair<std::string, std::string>> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos)
            all.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return all;
}

void write_file(const std::string& path, std::string_view content) {
    std::ofstream file(expanded(path), std::ios::binary | std::ios::trunc);
    if (file) file.write(content.data(), static_cast<std::streamsize>(content.size()));
    if (file) file.close();
    if (!file)
        throw Error(fault::client, fmt::format("[Errno {}] {}: '{}'", errno, std::strerror(errno), path));
}

bool exists(const std::string& path) { return ::access(expanded(path).c_str(), F_OK) == 0; }

void write_private_file(const std::string& path, std::string_view content) {
    const int file =
        ::open(expanded(path).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0) ::close(file);  // made with these rights; one that was there keeps its own
    write_file(path, content);
}

std::optional<std::string> read_line() {
    std::string line;
    if (!std::getline(std::cin, line)) return {};
    return line;
}

std::string login_name() {
    const passwd* entry = getpwuid(getuid());
    return entry == nullptr || entry->pw_name == nullptr ? "" : entry->pw_name;
}

int terminal_columns() {
    winsize size{};
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

}  // namespace

Environment system_environment() {
    static SystemRandom random;
    Environment environment;
    environment.variable = [](std::string_view name) -> std::optional<std::string> {
        const char* value = std::getenv(std::string(name).c_str());
        if (value == nullptr) return {};
        return std::string(value);
    };
    environment.variables = variables;
    environment.login_name = login_name;
    environment.now = [] {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    };
    environment.random = &random;
    environment.make_key = crypto::new_rsa_key_pem;
    environment.read_file = read_file;
    environment.write_file = write_file;
    environment.exists = exists;
    environment.write_private_file = write_private_file;
    environment.write_out = write_out;
    environment.write_error = write_error;
    environment.read_line = read_line;
    environment.stdin_is_terminal = isatty(STDIN_FILENO) == 1;
    environment.stdout_is_terminal = isatty(STDOUT_FILENO) == 1;
    environment.stderr_is_terminal = isatty(STDERR_FILENO) == 1;
    environment.columns = terminal_columns();
    return environment;
}

std::string state_path(const Environment& environment, std::string_view given) {
    if (!given.empty()) return std::string(given);
    const std::optional<std::string> named = environment.variable("AZID_STATE");
    if (named && !named->empty()) return *named;
    const std::optional<std::string> state_home = environment.variable("XDG_STATE_HOME");
    if (state_home && state_home->starts_with('/')) return *state_home + "/azid/state.db";
    const std::optional<std::string> home = environment.variable("HOME");
    if (!home || home->empty())
        throw Error(fault::client,
                    "There is no home folder to keep the state in. Name a file with --state or AZID_STATE.");
    return *home + "/.local/state/azid/state.db";
}

std::optional<Instant> instant_of_variable(const Environment& environment) {
    const std::optional<std::string> text = environment.variable("AZID_NOW");
    if (!text || text->empty()) return {};
    const std::optional<Instant> given = clock::parse_instant(*text);
    if (given && *given >= clock::earliest && *given <= clock::latest) return given;
    throw Error(fault::usage, fmt::format("AZID_NOW is '{}', which is no instant from {} to {}, such as "
                                          "2026-03-01T12:00:00Z.",
                                          *text, utc_seconds(clock::earliest), utc_seconds(clock::latest)));
}

}  // namespace azid::app
