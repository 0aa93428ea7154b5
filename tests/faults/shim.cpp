// Loaded before the C library (LD_PRELOAD), this makes the calls of a program fail at a chosen one of them.
// Counted are the calls in AZID_FAULT_ON that concern a regular file; at number AZID_FAULT_AT happens what
// AZID_FAULT_DO says:
//   kill          the process ends by SIGKILL before the call
//   torn          half of a write is done before that
//   an errno      (its number) the call fails so; with AZID_FAULT_STAYS set, so do all after it
// AZID_FAULT_ON lists, with commas: write, sync, truncate, rename, unlink, lock, memory; AZID_FAULT_CLOCK is
// added to the clock, in seconds, from the call on. The file AZID_FAULT_TOLD is made when it happens.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <ctime>

extern "C" void* __libc_malloc(size_t size);

namespace {

template <typename Function>
Function real(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

struct Plan {
    const char* on = "";
    long at = 0;
    int error = 0;
    bool kills = false;
    bool tears = false;
    bool stays = false;
    const char* told = nullptr;
    std::atomic<long> count{0};
};

Plan plan;

__attribute__((constructor)) void read_plan() {
    const auto text = [](const char* name) {
        const char* value = getenv(name);
        return value == nullptr ? "" : value;
    };
    plan.on = text("AZID_FAULT_ON");
    plan.tears = strcmp(text("AZID_FAULT_DO"), "torn") == 0;
    plan.kills = plan.tears || strcmp(text("AZID_FAULT_DO"), "kill") == 0;
    plan.error = plan.kills ? 0 : atoi(text("AZID_FAULT_DO"));
    plan.stays = getenv("AZID_FAULT_STAYS") != nullptr;
    plan.told = getenv("AZID_FAULT_TOLD");
    plan.at = atol(text("AZID_FAULT_AT"));
}

bool is_file(int file) {
    struct stat found {};
    const int before = errno;
    const bool is = fstat(file, &found) == 0 && S_ISREG(found.st_mode);
    errno = before;
    return is;
}

void tell() {
    if (plan.told == nullptr) return;
    const int file = open(plan.told, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) close(file);
}

// Whether the call is to fail; errno says how then. May not come back.
bool fails(const char* kind) {
    if (plan.at == 0 || strstr(plan.on, kind) == nullptr) return false;
    const long number = ++plan.count;
    if (number != plan.at && !(plan.stays && number > plan.at)) return false;
    if (number == plan.at) tell();
    if (plan.kills) raise(SIGKILL);
    errno = plan.error;
    return true;
}

// A write may be torn first.
template <typename Write>
bool write_fails(int file, size_t size, const Write& write) {
    if (!is_file(file)) return false;
    if (plan.tears && plan.count + 1 == plan.at && strstr(plan.on, "write") != nullptr) write(size / 2);
    return fails("write");
}

// Some calls have a second name, for large files; SQLite uses one, the C++ library the other.
ssize_t any_pwrite(int file, const void* data, size_t size, off_t at) {
    static const auto real_pwrite = real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite64");
    if (write_fails(file, size, [&](size_t half) { real_pwrite(file, data, half, at); })) return -1;
    return real_pwrite(file, data, size, at);
}

int any_truncate(int file, off_t size) {
    static const auto real_truncate = real<int (*)(int, off_t)>("ftruncate64");
    if (is_file(file) && fails("truncate")) return -1;
    return real_truncate(file, size);
}

int any_fcntl(int file, int command, void* argument) {
    static const auto real_fcntl = real<int (*)(int, int, ...)>("fcntl64");
    const bool locks = command == F_SETLK || command == F_SETLKW;
    if (locks && fails("lock")) return -1;
    return real_fcntl(file, command, argument);
}

}  // namespace

extern "C" {

ssize_t pwrite(int file, const void* data, size_t size, off_t at) { return any_pwrite(file, data, size, at); }
ssize_t pwrite64(int file, const void* data, size_t size, off_t at) {
    return any_pwrite(file, data, size, at);
}
int ftruncate(int file, off_t size) noexcept { return any_truncate(file, size); }
int ftruncate64(int file, off_t size) noexcept { return any_truncate(file, size); }

ssize_t write(int file, const void* data, size_t size) {
    static const auto real_write = real<ssize_t (*)(int, const void*, size_t)>("write");
    if (write_fails(file, size, [&](size_t half) { real_write(file, data, half); })) return -1;
    return real_write(file, data, size);
}

ssize_t writev(int file, const iovec* parts, int count) {
    static const auto real_writev = real<ssize_t (*)(int, const iovec*, int)>("writev");
    if (write_fails(file, 0, [](size_t) {})) return -1;
    return real_writev(file, parts, count);
}

int fsync(int file) {
    static const auto real_sync = real<int (*)(int)>("fsync");
    return fails("sync") ? -1 : real_sync(file);
}

int fdatasync(int file) {
    static const auto real_sync = real<int (*)(int)>("fdatasync");
    return fails("sync") ? -1 : real_sync(file);
}

int rename(const char* from, const char* to) noexcept {
    static const auto real_rename = real<int (*)(const char*, const char*)>("rename");
    return fails("rename") ? -1 : real_rename(from, to);
}

int unlink(const char* path) noexcept {
    static const auto real_unlink = real<int (*)(const char*)>("unlink");
    return fails("unlink") ? -1 : real_unlink(path);
}

int fcntl(int file, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void* argument = va_arg(rest, void*);
    va_end(rest);
    return any_fcntl(file, command, argument);
}

int fcntl64(int file, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void* argument = va_arg(rest, void*);
    va_end(rest);
    return any_fcntl(file, command, argument);
}

void* malloc(size_t size) noexcept { return fails("memory") ? nullptr : __libc_malloc(size); }

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    static const auto real_time = real<int (*)(clockid_t, timespec*)>("clock_gettime");
    static const char* const moved = getenv("AZID_FAULT_CLOCK");
    const int result = real_time(clock, time);
    if (result == 0 && moved != nullptr && clock == CLOCK_REALTIME) time->tv_sec += atol(moved);
    return result;
}
}
