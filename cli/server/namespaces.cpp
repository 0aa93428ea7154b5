#include "cli/server/namespaces.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace azid::server {

namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(fmt::format("{}: {}", what, std::strerror(errno)));
}

void write_to(const char* path, const std::string& text) {
    const int file = open(path, O_WRONLY | O_CLOEXEC);
    const bool written =
        file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int error = errno;
    if (file >= 0) close(file);
    errno = error;
    if (!written) fail(fmt::format("writing {}", path));
}

// The socket through which the loopback device is set up.
class Control {
  public:
    Control() : socket_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        if (socket_ < 0) fail("socket");
    }
    ~Control() { close(socket_); }
    Control(const Control&) = delete;
    Control& operator=(const Control&) = delete;
    void request(unsigned long what, ifreq& device, const char* name) const {
        if (ioctl(socket_, what, &device) != 0) fail(name);
    }

  private:
    int socket_;
};

ifreq device_named(const char* name) {
    ifreq device{};
    std::strncpy(device.ifr_name, name, IFNAMSIZ - 1);
    return device;
}

ifreq with_address(const char* name, const std::string& address) {
    ifreq device = device_named(name);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    if (inet_pton(AF_INET, address.c_str(), &at.sin_addr) != 1) {
        errno = EINVAL;
        fail(address);
    }
    std::memcpy(&device.ifr_addr, &at, sizeof at);
    return device;
}

void raise_loopback() {
    const Control control;
    ifreq device = device_named("lo");
    control.request(SIOCGIFFLAGS, device, "loopback device");
    device.ifr_flags = static_cast<short>(device.ifr_flags | IFF_UP | IFF_RUNNING);
    control.request(SIOCSIFFLAGS, device, "loopback device");
}

// In the new user namespace there is just this user, under its own id.
void keep_own_id(uid_t user, gid_t group) {
    write_to("/proc/self/setgroups", "deny");
    write_to("/proc/self/uid_map", fmt::format("{0} {0} 1", user));
    write_to("/proc/self/gid_map", fmt::format("{0} {0} 1", group));
}

}  // namespace

void enter_namespaces() {
    const uid_t user = geteuid();
    const gid_t group = getegid();
    constexpr int wanted = CLONE_NEWNET | CLONE_NEWNS;
    const bool allowed = user == 0 && unshare(wanted) == 0;
    if (!allowed) {
        if (unshare(CLONE_NEWUSER | wanted) != 0) fail("unshare");
        keep_own_id(user, group);
    }
    if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) fail("mount");
    raise_loopback();
}

void add_loopback_address(const std::string& address) {
    const Control control;
    ifreq device = with_address("lo:azid", address);
    control.request(SIOCSIFADDR, device, "loopback address");
    device = with_address("lo:azid", "255.255.255.255");
    control.request(SIOCSIFNETMASK, device, "loopback address");
}

void put_over(const std::string& ours, const std::string& theirs) {
    if (mount(ours.c_str(), theirs.c_str(), nullptr, MS_BIND, nullptr) != 0) fail("mounting over " + theirs);
}

std::string namespaces_refused() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return std::strerror(errno);
    const pid_t child = fork();
    if (child == 0) {
        std::string reason;
        try {
            enter_namespaces();
        } catch (const std::exception& error) {
            reason = error.what();
        }
        const ssize_t told = write(ends[1], reason.data(), reason.size());
        _exit(told == static_cast<ssize_t>(reason.size()) ? 0 : 1);
    }
    close(ends[1]);
    char text[256];
    const ssize_t size = child < 0 ? 0 : read(ends[0], text, sizeof text);
    close(ends[0]);
    if (child < 0) return "fork";
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return size > 0 ? std::string(text, static_cast<size_t>(size)) : std::string();
}

}  // namespace azid::server
