#include "store/waiting.hpp"

#include "store/file.hpp"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <thread>

namespace azid::store {

namespace {

constexpr int most_patience = 12;
constexpr std::chrono::microseconds shortest_pause{200};
constexpr std::chrono::microseconds longest_pause{8000};

// SQLite takes a file system without locks for a busy one; errno is still that of its try.
int ask(void* waiting, int attempts) { return static_cast<Waiting*>(waiting)->again(attempts) ? 1 : 0; }

}  // namespace

Waiting::Waiting(const std::string& path, std::chrono::milliseconds patience)
    : path_(path), patience_(patience), dice_(static_cast<std::uint64_t>(::getpid()) | 1U) {}

void Waiting::guide(sqlite3* connection) { sqlite3_busy_handler(connection, ask, this); }

std::int64_t Waiting::written() const {
    struct stat found {};
    if (::stat(log_.c_str(), &found) != 0) return 0;
    return static_cast<std::int64_t>(found.st_mtim.tv_sec) * 1'000'000'000 + found.st_mtim.tv_nsec;
}

// Half as long to half as long again, lest all ask in step.
std::chrono::microseconds Waiting::pause(int attempts) {
    const std::chrono::microseconds usual =
        std::min(longest_pause, shortest_pause * (1 << std::min(attempts, 8)));
    dice_ = dice_ * 6364136223846793005U + 1442695040888963407U;
    return usual / 2 + usual * static_cast<int>(dice_ >> 54U) / 1024;
}

bool Waiting::again(int attempts) {
    is_lockless_ = errno == ENOLCK;
    if (is_lockless_) return false;
    const Clock::time_point now = Clock::now();
    if (attempts == 0) {
        begun_ = now;
        log_ = log_path(path_);
    }
    const std::int64_t written = this->written();
    if (attempts == 0 || written != written_) progress_ = now;
    written_ = written;
    if (now - progress_ >= patience_ || now - begun_ >= patience_ * most_patience) return false;
    std::this_thread::sleep_for(pause(attempts));
    return true;
}

}  // namespace azid::store
