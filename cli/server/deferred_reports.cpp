#include "cli/server/deferred_reports.hpp"

#include <iterator>

namespace azid::server {

namespace {

// A real metadata endpoint answers 20 identity requests a second: so many are written at once.
constexpr int most_at_once = 20;
constexpr std::chrono::milliseconds pause{50};

}  // namespace

DeferredReports::~DeferredReports() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        is_over_ = true;
    }
    woken_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool DeferredReports::take(events::Report& report) {
    if (report.empty()) return true;
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (now - second_began_ >= std::chrono::seconds(1)) {
        second_began_ = now;
        in_second_ = 0;
    }
    if (++in_second_ <= most_at_once && waiting_.empty()) return false;
    if (waiting_.size() >= static_cast<std::size_t>(events::runs_kept)) waiting_.pop_front();
    waiting_.push_back(std::move(report));
    if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
    if (waiting_.size() == 1) woken_.notify_one();
    return true;
}

void DeferredReports::work() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
        woken_.wait(lock, [this] { return is_over_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        // More of them come meanwhile.
        woken_.wait_for(lock, pause, [this] { return is_over_; });
        const std::vector<events::Report> together(std::make_move_iterator(waiting_.begin()),
                                                   std::make_move_iterator(waiting_.end()));
        waiting_.clear();
        lock.unlock();
        write_(together);
        lock.lock();
    }
}

}  // namespace azid::server
