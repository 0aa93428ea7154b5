#include "store/file.hpp"

#include "core/base/fault.hpp"
#include "store/failure.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

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

}  // namespace

std::string absolute_path(const std::string& path) {
    if (path.empty()) throw Error(fault::state, "The state file's name is empty. Name a file with --state.");
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(path, error);
    if (error) throw file_failure(error.value(), path);
    return absolute.lexically_normal().string();
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

bool has_log(const std::string& path) {
    struct stat found {};
    return ::stat((path + "-wal").c_str(), &found) == 0 && found.st_size > 0;
}

}  // namespace azid::store
