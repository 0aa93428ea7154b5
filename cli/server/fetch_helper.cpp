#include "cli/server/fetch_helper.hpp"

#include "cli/server/issuer_keys.hpp"
#include "core/base/http.hpp"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>

namespace azid::server {

namespace {

// A message is its length and its bytes. False, or empty: the other end is gone.

bool write_all(int socket, const char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t written = send(socket, data, size, MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        data += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

bool read_all(int socket, char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t got = recv(socket, data, size, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        data += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool write_message(int socket, const std::string& text) {
    std::array<char, sizeof(std::uint32_t)> length{};
    const auto size = static_cast<std::uint32_t>(text.size());
    std::memcpy(length.data(), &size, sizeof size);
    return write_all(socket, length.data(), length.size()) && write_all(socket, text.data(), text.size());
}

std::optional<std::string> read_message(int socket) {
    std::array<char, sizeof(std::uint32_t)> length{};
    if (!read_all(socket, length.data(), length.size())) return {};
    std::uint32_t size = 0;
    std::memcpy(&size, length.data(), sizeof size);
    std::string text(size, '\0');
    if (!read_all(socket, text.data(), size)) return {};
    return text;
}

// The helper's life: until the socket's other end is closed. The terminal's signals are the command's matter.
// Whoever waits for other ends to be closed does not wait for those that this process was born with.
[[noreturn]] void help(int socket) {
    const auto own = static_cast<unsigned>(socket);
    if (own > 3) close_range(3, own - 1, 0);
    close_range(own + 1, ~0U, 0);
    for (const int signal : {SIGINT, SIGQUIT, SIGHUP, SIGTSTP}) std::signal(signal, SIG_IGN);
    while (const std::optional<std::string> issuer = read_message(socket)) {
        const IssuerKeys found = fetch_issuer_keys(*issuer);
        if (!write_message(socket, found.keys) || !write_message(socket, found.failure)) break;
    }
    _exit(0);
}

bool is_on_loopback(const std::string& issuer) {
    const std::string host = http::request_to(issuer).host;
    return host == "localhost" || host.starts_with("127.") || host.starts_with("[");
}

}  // namespace

FetchHelper::FetchHelper() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw std::runtime_error(std::strerror(errno));
    process_ = fork();
    if (process_ < 0) throw std::runtime_error(std::strerror(errno));
    close(ends[process_ == 0 ? 0 : 1]);
    if (process_ == 0) help(ends[1]);
    socket_ = ends[0];
}

FetchHelper::~FetchHelper() {
    close(socket_);
    waitpid(process_, nullptr, 0);
}

IssuerKeys FetchHelper::fetch(const std::string& issuer) {
    if (is_on_loopback(issuer)) return fetch_issuer_keys(issuer);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (write_message(socket_, issuer))
        if (std::optional<std::string> keys = read_message(socket_))
            if (std::optional<std::string> failure = read_message(socket_)) return {*keys, *failure};
    return {{}, "nobody is left to ask it"};
}

}  // namespace azid::server
