#include "cli/server/guest_helper.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>
#include <vector>

namespace azid::server {

namespace {

constexpr std::size_t longest_request = 160 * 1024;

// A message with a file descriptor beside its text.
struct Message {
    Message(char* text, std::size_t size) : piece{text, size} {
        header.msg_iov = &piece;
        header.msg_iovlen = 1;
        header.msg_control = control.data();
        header.msg_controllen = control.size();
    }
    iovec piece;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr header{};
};

int file_beside(msghdr& header) {
    const cmsghdr* const beside = CMSG_FIRSTHDR(&header);
    int file = -1;
    if (beside != nullptr && beside->cmsg_type == SCM_RIGHTS)
        std::memcpy(&file, CMSG_DATA(beside), sizeof file);
    return file;
}

void answer_guest(const app::Environment& environment, const std::string& state_path, const std::string& text,
                  int answer_to) {
    std::signal(SIGCHLD, SIG_DFL);
    const Json asked = Json::parse(text);
    GuestScript script{text_at(asked, "text"), asked["arguments"].get<std::vector<std::string>>(), {}};
    for (const Json& variable : asked["variables"])
        script.variables.emplace_back(variable[0].get<std::string>(), variable[1].get<std::string>());
    const std::string outcome =
        guest_outcome(environment, state_path, *arm::ResourceId::parse(text_at(asked, "vm")), script);
    const ssize_t told = write(answer_to, outcome.data(), outcome.size());
    _exit(told == static_cast<ssize_t>(outcome.size()) ? 0 : 1);
}

// The helper's life: a child for each request, until the server closes its end; then all of them end.
[[noreturn]] void help(const app::Environment& environment, const std::string& state_path, int socket) {
    const bool alone = setpgid(0, 0) == 0;  // a terminal's signals are the server's matter
    std::signal(SIGCHLD, SIG_IGN);
    std::vector<char> text(longest_request);
    for (;;) {
        Message message(text.data(), text.size());
        const ssize_t got = recvmsg(socket, &message.header, MSG_CMSG_CLOEXEC);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 && alone) kill(0, SIGKILL);
        if (got <= 0) _exit(0);
        const int answer_to = file_beside(message.header);
        if (fork() == 0)
            answer_guest(environment, state_path, std::string(text.data(), static_cast<std::size_t>(got)),
                         answer_to);
        close(answer_to);
    }
}

}  // namespace

GuestHelper::GuestHelper(const app::Environment& environment, const std::string& state_path) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        throw Error(fault::client, "The system gives no pair of sockets.");
    socket_ = ends[0];
    helper_ = fork();
    if (helper_ == 0) {
        close(ends[0]);
        help(environment, state_path, ends[1]);
    }
    close(ends[1]);
    if (helper_ > 0) return;
    close(socket_);
    throw Error(fault::client, "The system gives no process.");
}

void GuestHelper::stop() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (socket_ < 0) return;
    close(std::exchange(socket_, -1));
    int status = 0;
    while (waitpid(helper_, &status, 0) < 0 && errno == EINTR) {
    }
}

void GuestHelper::send(const std::string& text, int answer_to) {
    std::string copy = text;
    Message message(copy.data(), copy.size());
    cmsghdr* const beside = CMSG_FIRSTHDR(&message.header);
    beside->cmsg_level = SOL_SOCKET;
    beside->cmsg_type = SCM_RIGHTS;
    beside->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(beside), &answer_to, sizeof answer_to);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (text.size() > longest_request || sendmsg(socket_, &message.header, MSG_NOSIGNAL) < 0)
        throw Error(fault::client, "The script is too long, or the server is about to end.");
}

GuestResult GuestHelper::run(const arm::ResourceId& vm, const GuestScript& script) {
    Json asked{{"vm", vm.text()},
               {"text", script.text},
               {"arguments", script.arguments},
               {"variables", Json::array()}};
    for (const auto& [name, value] : script.variables)
        asked["variables"].push_back(Json::array({name, value}));
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw Error(fault::client, "The system gives no pipe.");
    try {
        send(compact(asked), ends[1]);
    } catch (const Error&) {
        close(ends[0]);
        close(ends[1]);
        throw;
    }
    close(ends[1]);
    return guest_result(ends[0]);
}

}  // namespace azid::server
