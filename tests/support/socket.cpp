#include "support/socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace azid::test {

RawClient::RawClient(unsigned short port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{5, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect");
}

RawClient::~RawClient() { close(socket_); }

void RawClient::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool RawClient::more() {
    char piece[4096];
    const ssize_t got = recv(socket_, piece, sizeof piece, 0);
    if (got > 0) unread_.append(piece, static_cast<std::size_t>(got));
    return got > 0;
}

std::string RawClient::read_until(std::string_view text) {
    std::size_t found = unread_.find(text);
    while (found == std::string::npos && more()) found = unread_.find(text);
    if (found == std::string::npos) return std::exchange(unread_, {});
    const std::string read = unread_.substr(0, found + text.size());
    unread_.erase(0, read.size());
    return read;
}

std::string RawClient::rest() {
    while (more()) {
    }
    return std::exchange(unread_, {});
}

int status_of(unsigned short port, std::string_view bytes) {
    RawClient client(port);
    client.send(bytes);
    const std::string line = client.read_until("\r\n");
    return line.size() < 12 ? 0 : std::atoi(line.substr(9, 3).c_str());
}

}  // namespace azid::test
