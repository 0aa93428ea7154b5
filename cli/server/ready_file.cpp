#include "cli/server/ready_file.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace azid::server {

namespace {

bool is_same_file(int file, const std::string& path) {
    struct stat open_one {};
    struct stat named {};
    return fstat(file, &open_one) == 0 && stat(path.c_str(), &named) == 0 &&
           open_one.st_ino == named.st_ino && open_one.st_dev == named.st_dev;
}

}  // namespace

ReadyFile::ReadyFile(std::string path, const std::string& text) : path_(std::move(path)) {
    const std::string made = fmt::format("{}.{}", path_, getpid());
    file_ = open(made.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool ready = file_ >= 0 && flock(file_, LOCK_EX | LOCK_NB) == 0 &&
                       write(file_, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       std::rename(made.c_str(), path_.c_str()) == 0;
    const int error = errno;
    if (ready) return;
    if (file_ >= 0) close(file_);
    throw Error(fault::client, fmt::format("Cannot write '{}': {}.", path_, std::strerror(error)));
}

void ReadyFile::remove() {
    if (file_ < 0) return;
    if (is_same_file(file_, path_)) unlink(path_.c_str());
    close(std::exchange(file_, -1));
}

std::optional<std::string> ready_text(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return {};
    const bool running = flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    std::string text;
    char piece[4096];
    ssize_t got = 0;
    while (running && (got = read(file, piece, sizeof piece)) > 0)
        text.append(piece, static_cast<std::size_t>(got));
    close(file);
    if (!running) return {};
    return text;
}

}  // namespace azid::server
