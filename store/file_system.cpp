#include "store/file_system.hpp"

#include "store/log_index.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <array>
#include <exception>
#include <mutex>
#include <set>

namespace azid::store {

namespace {

constexpr const char* attribute = "user.azid.safe-name";

// Which file it is that has this path now; empty where the file system does not tell when it was made:
// another file may have the number of one that is gone.
std::string identity_of(const std::string& log) {
    struct statx found {};
    constexpr unsigned wanted = STATX_INO | STATX_BTIME;
    if (::statx(AT_FDCWD, log.c_str(), 0, wanted, &found) != 0 || (found.stx_mask & wanted) != wanted)
        return {};
    return fmt::format("{}:{}:{} {}.{:09} {}", found.stx_dev_major, found.stx_dev_minor, found.stx_ino,
                       found.stx_btime.tv_sec, found.stx_btime.tv_nsec, log);
}

bool is_noted(const std::string& log, const std::string& identity) {
    std::array<char, 5000> note{};  // longer than a path
    const ssize_t size = ::getxattr(log.c_str(), attribute, note.data(), note.size());
    return size > 0 && std::string_view(note.data(), static_cast<std::size_t>(size)) == identity;
}

// The logs whose names SQLite makes sure of at their next commit.
class Unsure {
  public:
    void add(const std::string& identity) {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!identity.empty()) identities_.insert(identity);
    }
    bool are_none() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return identities_.empty();
    }
    bool remove(const std::string& identity) {
        const std::lock_guard<std::mutex> lock(mutex_);
        return identities_.erase(identity) != 0;
    }

  private:
    std::mutex mutex_;
    std::set<std::string> identities_;
};

Unsure& unsure() {
    static Unsure logs;
    return logs;
}

sqlite3_vfs* systems_own() {
    static sqlite3_vfs* const own = sqlite3_vfs_find(nullptr);
    return own;
}

// As SQLite's own, but that a log whose name is noted as safe is not opened as one that may have to be made.
int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    const auto open = systems_own()->xOpen;
    constexpr int made_log = SQLITE_OPEN_WAL | SQLITE_OPEN_CREATE;
    if (name == nullptr || (flags & made_log) != made_log) return open(vfs, name, file, flags, flags_out);
    try {
        const std::string identity = identity_of(name);
        if (!identity.empty() && is_noted(name, identity)) {
            const int code = open(vfs, name, file, flags & ~SQLITE_OPEN_CREATE, flags_out);
            if (code == SQLITE_OK) return code;  // otherwise it was removed a moment ago
        }
        const int code = open(vfs, name, file, flags, flags_out);
        if (code == SQLITE_OK) unsure().add(identity_of(name));
        return code;
    } catch (const std::exception&) {
        return SQLITE_NOMEM;
    }
}

void keep_indexes(sqlite3_vfs& vfs) {
    if (vfs.iVersion >= 3 && vfs.xSetSystemCall != nullptr)
        vfs.xSetSystemCall(&vfs, "ftruncate", reinterpret_cast<sqlite3_syscall_ptr>(cut_off));
}

}  // namespace

const char* file_system() {
    static sqlite3_vfs ours = [] {
        keep_indexes(*systems_own());
        sqlite3_vfs copy = *systems_own();
        copy.zName = "azid";
        copy.xOpen = open_file;
        return copy;
    }();
    static const int registered = sqlite3_vfs_register(&ours, 0);
    return registered == SQLITE_OK ? ours.zName : nullptr;
}

void note_safe_log(const std::string& log) noexcept {
    if (unsure().are_none()) return;
    try {
        const std::string identity = identity_of(log);
        if (!identity.empty() && unsure().remove(identity))
            static_cast<void>(::setxattr(log.c_str(), attribute, identity.data(), identity.size(), 0));
    } catch (const std::exception&) {
        return;  // it is made sure of again
    }
}

}  // namespace azid::store
