#include "store/copy.hpp"

#include "store/database.hpp"
#include "store/failure.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace azid::store {

namespace {

constexpr std::int64_t part_size = 1 << 20;

void write_all(int file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw file_failure(errno, path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

// A file under another name until it is whole.
class NewFile {
  public:
    explicit NewFile(std::string path)
        : path_(std::move(path)), name_(path_ + ".new-" + std::to_string(::getpid())) {
        file_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (file_ < 0) throw file_failure(errno, path_);
    }
    ~NewFile() {
        if (file_ < 0) return;
        ::close(file_);
        ::unlink(name_.c_str());
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    void write(std::string_view bytes) { write_all(file_, bytes, path_); }

    void appear() {
        if (::fdatasync(file_) != 0) throw file_failure(errno, path_);
        if (::rename(name_.c_str(), path_.c_str()) != 0) throw file_failure(errno, path_);
        ::close(file_);
        file_ = -1;
    }

  private:
    std::string path_;
    std::string name_;
    int file_ = -1;
};

}  // namespace

void copy_main_file(Database& database, const std::string& path, const snapshot::Progress& progress) {
    const std::int64_t size = database.file_size();
    NewFile copy(path);
    for (std::int64_t done = 0; done < size;) {
        const std::int64_t part = std::min(part_size, size - done);
        copy.write(database.file_part(done, static_cast<std::size_t>(part)));
        done += part;
        if (progress) progress(static_cast<double>(done) / static_cast<double>(size));
    }
    copy.appear();
}

void remove_side_files(const std::string& path) {
    for (const char* end : {"-wal", "-shm"}) ::unlink((path + end).c_str());
}

}  // namespace azid::store
