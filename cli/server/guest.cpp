#include "cli/server/guest.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace azid::server {

namespace {

constexpr const char* script_name = "/run/script.sh";

std::string last_of(int file, std::size_t most) {
    const off_t size = lseek(file, 0, SEEK_END);
    const off_t from = size > static_cast<off_t>(most) ? size - static_cast<off_t>(most) : 0;
    std::string text(static_cast<std::size_t>(size - from), '\0');
    const ssize_t got = pread(file, text.data(), text.size(), from);
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    std::size_t start = 0;
    while (from > 0 && start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80)
        ++start;
    return text.substr(start);
}

bool make_read_only() {
    mount_attr attributes{};
    attributes.attr_set = MOUNT_ATTR_RDONLY;
    return syscall(SYS_mount_setattr, AT_FDCWD, "/", AT_RECURSIVE, &attributes, sizeof attributes) == 0;
}

bool make_empty(const char* folder) {
    return access(folder, F_OK) != 0 ||
           mount("tmpfs", folder, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0777") == 0;
}

// The script, where only it and what it starts can see it: its words would be in the list of processes.
bool put_script(const std::string& text) {
    const int file = open(script_name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700);
    if (file < 0) return false;
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t wrote = write(file, text.data() + done, text.size() - done);
        if (wrote <= 0) break;
        done += static_cast<std::size_t>(wrote);
    }
    return close(file) == 0 && done == text.size();
}

// In the child, between fork and exec. Ends it with 125 when something is refused.
[[noreturn]] void become(const Script& script, const std::vector<char*>& words,
                         const std::vector<char*>& lines, const Captured& captured) {
    const bool apart = unshare(CLONE_NEWNS) == 0 && make_read_only() && make_empty("/tmp") &&
                       make_empty("/root") && make_empty("/home") && make_empty("/run") &&
                       chdir("/tmp") == 0 && put_script(script.text);
    const int nothing = open("/dev/null", O_RDONLY);
    const bool connected = apart && dup2(nothing, STDIN_FILENO) >= 0 &&
                           dup2(captured.out(), STDOUT_FILENO) >= 0 &&
                           dup2(captured.error(), STDERR_FILENO) >= 0;
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGQUIT}) std::signal(signal, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    if (connected) execve("/bin/sh", words.data(), lines.data());
    _exit(125);
}

}  // namespace

Captured::Captured() : out_(memfd_create("out", MFD_CLOEXEC)), error_(memfd_create("error", MFD_CLOEXEC)) {
    if (out_ < 0 || error_ < 0)
        throw Error(fault::client, "The system gives no memory for a script's output.");
}

Captured::~Captured() {
    close(out_);
    close(error_);
}

std::string Captured::last_of_out(std::size_t bytes) const { return last_of(out_, bytes); }
std::string Captured::last_of_error(std::size_t bytes) const { return last_of(error_, bytes); }

pid_t start_guest(const Script& script, const Captured& captured) {
    std::vector<std::string> words{"sh", script_name};
    words.insert(words.end(), script.arguments.begin(), script.arguments.end());
    std::vector<std::string> lines;
    for (const auto& [name, value] : script.variables) lines.push_back(fmt::format("{}={}", name, value));
    std::vector<char*> word_pointers;
    for (std::string& word : words) word_pointers.push_back(word.data());
    word_pointers.push_back(nullptr);
    std::vector<char*> line_pointers;
    for (std::string& line : lines) line_pointers.push_back(line.data());
    line_pointers.push_back(nullptr);
    const pid_t child = fork();
    if (child < 0)
        throw Error(fault::client, fmt::format("Cannot run the script: {}.", std::strerror(errno)));
    if (child == 0) become(script, word_pointers, line_pointers, captured);
    return child;
}

}  // namespace azid::server
