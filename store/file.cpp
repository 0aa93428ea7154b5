#include "store/file.hpp"

#include "core/base/fault.hpp"
#include "store/failure.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

namespace azid::store {

namespace {

void make_folders(const std::string& folder, const std::string& path) {
    if (folder.empty() || ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return;
    if (errno != ENOENT) throw file_failure(errno, path);
    make_folders(std::filesystem::path(folder).parent_path().string(), path);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) throw file_failure(errno, path);
}

// Where SQLite puts its side files: beside the file itself, not beside a link to it.
std::string real_path(const std::string& path) {
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(path, error);
    return error ? path : real.string();
}

}  // namespace

std::string absolute_path(const std::string& path) {
    if (path.empty()) throw Error(fault::state, "The state file's name is empty. Name a file with --state.");
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(path, error);
    if (error) throw file_failure(error.value(), path);
    // "a/.." is not nothing where a is a link.
    const bool climbs = absolute.string().find("/..") != std::string::npos;
    return climbs ? absolute.string() : absolute.lexically_normal().string();
}

void make_file(const std::string& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0) {
        if (S_ISDIR(found.st_mode)) throw file_failure(EISDIR, path);
        if (!S_ISREG(found.st_mode))
            throw Error(fault::state,
                        fmt::format("'{}' is not a regular file. Name another with --state.", path));
        return;
    }
    if (errno != ENOENT) throw file_failure(errno, path);
    make_folders(std::filesystem::path(path).parent_path().string(), path);
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) throw file_failure(errno, path);
    ::close(file);
}

void make_private(const std::string& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0 || (found.st_mode & 077) == 0) return;
    // What cannot be tightened (another owner's file, a file system without modes) is used as it is.
    [[maybe_unused]] const int ignored = ::chmod(path.c_str(), found.st_mode & 0700);
}

std::string log_path(const std::string& path) { return real_path(path) + "-wal"; }

std::int64_t log_size(const std::string& path) {
    struct stat found {};
    return ::stat(log_path(path).c_str(), &found) == 0 ? found.st_size : 0;
}

// SQLite's file format: a header of 32 bytes, with the pages' size in byte 8 and the log's salts in byte 16
// and after; before each page 24 bytes, with the salts of its log in byte 8 and after.
bool is_longer(const std::string& log, std::int64_t pages) {
    const int file = ::open(log.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    std::array<unsigned char, 32> header{};
    std::array<unsigned char, 24> beyond{};
    const auto read = [&](auto& bytes, std::int64_t at) {
        return ::pread(file, bytes.data(), bytes.size(), at) == static_cast<ssize_t>(bytes.size());
    };
    bool longer = read(header, 0);
    std::int64_t size = 0;
    for (std::size_t i = 8; i < 12; ++i) size = size * 256 + header[i];
    longer = longer && read(beyond, 32 + pages * (24 + size));
    ::close(file);
    return longer && std::equal(header.begin() + 16, header.begin() + 24, beyond.begin() + 8);
}

bool has_room(const std::string& path, std::int64_t bytes) {
    struct statvfs disk {};
    if (::statvfs(path.c_str(), &disk) != 0) return true;
    return disk.f_bavail >= static_cast<std::uint64_t>(bytes) / std::max<std::uint64_t>(1, disk.f_frsize);
}

void set_log_aside(const std::string& path, const std::function<bool()>& is_foreign) {
    const std::string log = log_path(path);
    const int file = ::open(log.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ::flock(file, LOCK_EX);
    struct stat locked {};
    struct stat named {};
    const bool same =
        ::fstat(file, &locked) == 0 && ::stat(log.c_str(), &named) == 0 && locked.st_ino == named.st_ino;
    if (same && is_foreign()) {
        ::unlink((real_path(path) + "-shm").c_str());
        if (::rename(log.c_str(), (log + ".old").c_str()) != 0) {
            const int reason = errno;
            ::close(file);
            throw file_failure(reason, log);
        }
    }
    ::close(file);
}

}  // namespace azid::store
