#include "store/failure.hpp"

#include "core/base/fault.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <cstring>

namespace azid::store {

namespace {

enum class Trouble {
    other,
    locked,
    lockless,
    unconfirmed,
    read_only,
    moved,
    full,
    not_a_database,
    damaged,
    directory,
    unopenable,
    denied,
    device,
    inconsistent
};

struct CodeTrouble {
    int code;
    Trouble trouble;
};

// Extended codes first; what is not listed falls back on its primary code (the low byte).
constexpr CodeTrouble troubles[] = {
    {SQLITE_READONLY_DBMOVED, Trouble::moved},
    {SQLITE_CANTOPEN_ISDIR, Trouble::directory},
    {SQLITE_IOERR_FSYNC, Trouble::unconfirmed},
    {SQLITE_BUSY, Trouble::locked},
    {SQLITE_LOCKED, Trouble::locked},
    {SQLITE_PROTOCOL, Trouble::locked},
    {SQLITE_READONLY, Trouble::read_only},
    {SQLITE_FULL, Trouble::full},
    {SQLITE_NOTADB, Trouble::not_a_database},
    {SQLITE_CORRUPT, Trouble::damaged},
    {SQLITE_CANTOPEN, Trouble::unopenable},
    {SQLITE_PERM, Trouble::denied},
    {SQLITE_AUTH, Trouble::denied},
    {SQLITE_IOERR, Trouble::device},
    {SQLITE_CONSTRAINT, Trouble::inconsistent},
};

Trouble trouble_of(int code, int system_errno) {
    if (system_errno == ENOLCK) return Trouble::lockless;
    // SQLite reports a full disk as an I/O error where it grows its shared-memory file.
    const bool no_space = system_errno == ENOSPC || system_errno == EDQUOT;
    if (no_space && ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN)) return Trouble::full;
    const bool refused = system_errno == EACCES || system_errno == EPERM;
    if (refused && code == SQLITE_CANTOPEN) return Trouble::denied;
    for (const CodeTrouble& known : troubles)
        if (known.code == code) return known.trouble;
    for (const CodeTrouble& known : troubles)
        if (known.code == (code & 0xff)) return known.trouble;
    return Trouble::other;
}

// ": " and the system's reason, where it gave one.
std::string reason(int system_errno) {
    return system_errno == 0 ? std::string() : std::string(": ") + std::strerror(system_errno);
}

std::string sentence(Trouble trouble, int code, int system_errno, std::string_view path,
                     std::string_view detail) {
    switch (trouble) {
        case Trouble::locked:
            return fmt::format(
                "The state file '{}' is in use by another azid or SQLite program, and waiting did not help. "
                "Try again when that is done.",
                path);
        case Trouble::lockless:
            return fmt::format(
                "The file system of the state file '{}' has no locks, without which two commands could spoil "
                "each other's work. Choose another file with --state.",
                path);
        case Trouble::unconfirmed:
            return fmt::format(
                "The disk did not confirm the last change to the state file '{}', which may have been saved "
                "or "
                "not. Look before you try again.",
                path);
        case Trouble::read_only:
            return fmt::format(
                "The state file '{}' cannot be changed: the file or its folder is read-only. "
                "Make both writable, or choose another file with --state.",
                path);
        case Trouble::moved:
            return fmt::format(
                "The state file '{}' was moved or deleted while it was in use. Nothing was saved.", path);
        case Trouble::full:
            return fmt::format(
                "No space is left for the state file '{}'. Nothing was saved; free some space and try again.",
                path);
        case Trouble::not_a_database:
            return fmt::format(
                "'{}' is not a state file of azid, nor any SQLite database. It was left as it is; "
                "choose another file with --state.",
                path);
        case Trouble::damaged:
            return fmt::format(
                "The state file '{}' is damaged. Restore a copy of it, or make a new one: "
                "move it away and run 'azid state init'.",
                path);
        case Trouble::directory:
            return fmt::format("'{}' is a folder. Name a file with --state.", path);
        case Trouble::unopenable:
            return fmt::format("The state file '{}' cannot be opened{}.", path, reason(system_errno));
        case Trouble::denied:
            return fmt::format("You have no permission to use the state file '{}'.", path);
        case Trouble::device:
            return fmt::format(
                "Reading or writing the state file '{}' failed{} (SQLite {}). Nothing was saved.", path,
                reason(system_errno), code);
        case Trouble::inconsistent:
            return fmt::format(
                "The change would contradict what the state file '{}' holds ({}). Nothing was saved.", path,
                detail);
        case Trouble::other:
            break;
    }
    return fmt::format("The state file '{}' cannot be used: {} (SQLite {}).", path, detail, code);
}

}  // namespace

Error failure(int code, int system_errno, std::string_view path, std::string_view detail) {
    return Error(fault::state, sentence(trouble_of(code, system_errno), code, system_errno, path, detail));
}

Error file_failure(int system_errno, std::string_view path) {
    switch (system_errno) {
        case EISDIR:
            return failure(SQLITE_CANTOPEN_ISDIR, system_errno, path, {});
        case ENOSPC:
        case EDQUOT:
            return failure(SQLITE_FULL, system_errno, path, {});
        case EROFS:
            return failure(SQLITE_READONLY, system_errno, path, {});
        case EACCES:
        case EPERM:
            return failure(SQLITE_PERM, system_errno, path, {});
        default:
            return failure(SQLITE_CANTOPEN, system_errno, path, {});
    }
}

}  // namespace azid::store
