// How a connection waits for the locks of others: as long as they get on with their work, and all alike.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

struct sqlite3;

namespace azid::store {

// Waits in place of SQLite's own handler, whose pauses grow to 100 ms: who came late finds a busy file free
// before who has waited long, so that of dozens of processes some never get in.
class Waiting {
  public:
    // Gives up when the file stays locked and nobody has written to its log for `patience`; in any case after
    // twelve times that.
    Waiting(const std::string& path, std::chrono::milliseconds patience);

    // Has the connection wait so; the object must outlive it.
    void guide(sqlite3* connection);
    // Pauses, and says whether to try again; `attempts` made so far.
    bool again(int attempts);
    // Whether the last lock was not to be had because the file system has none.
    bool is_lockless() const { return is_lockless_; }

  private:
    using Clock = std::chrono::steady_clock;

    std::int64_t written() const;
    std::chrono::microseconds pause(int attempts);

    std::string path_;
    std::string log_;
    std::chrono::milliseconds patience_;
    Clock::time_point begun_;
    Clock::time_point progress_;
    std::int64_t written_ = 0;
    std::uint64_t dice_;
    bool is_lockless_ = false;
};

}  // namespace azid::store
