#include "support/child.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <stdexcept>

namespace azid::test {

namespace {

constexpr uid_t nobody = 65534;

[[noreturn]] void run(const std::function<std::string()>& work, bool unprivileged, int out) {
    std::string answer;
    try {
        if (unprivileged && ::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0))
            throw std::runtime_error("cannot give up root");
        answer = work();
    } catch (const std::exception& error) {
        answer = error.what();
    }
    for (std::size_t written = 0; written < answer.size();) {
        const ssize_t count = ::write(out, answer.data() + written, answer.size() - written);
        if (count < 0) break;
        written += static_cast<std::size_t>(count);
    }
    ::_exit(0);
}

}  // namespace

Child::Child(const std::function<std::string()>& work, bool unprivileged) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("no process");
    if (pid_ == 0) {
        ::close(ends[0]);
        run(work, unprivileged, ends[1]);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
}

Child::~Child() {
    if (pid_ > 0) kill();
    ::close(pipe_);
}

std::string Child::answer() {
    std::string answer;
    char part[4096];
    for (ssize_t count = 0; (count = ::read(pipe_, part, sizeof part)) > 0;)
        answer.append(part, static_cast<std::size_t>(count));
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
    return answer;
}

void Child::kill() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

StartLine::StartLine() {
    if (::pipe(ends_) != 0) throw std::runtime_error("no pipe");
}

StartLine::~StartLine() {
    for (const int end : ends_)
        if (end >= 0) ::close(end);
}

void StartLine::wait() const {
    ::close(ends_[1]);
    char byte = 0;
    [[maybe_unused]] const ssize_t end_of_file = ::read(ends_[0], &byte, 1);
}

void StartLine::go() {
    ::close(ends_[1]);
    ends_[1] = -1;
}

bool leave_mounts() {
    if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

void give_away(const std::string& path, unsigned mode) {
    if (::geteuid() == 0 && ::chown(path.c_str(), nobody, nobody) != 0)
        throw std::runtime_error("cannot give away");
    if (::chmod(path.c_str(), mode) != 0) throw std::runtime_error("cannot change the mode");
}

}  // namespace azid::test
