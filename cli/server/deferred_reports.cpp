#include "cli/server/deferred_reports.hpp"

#include <algorithm>

namespace azid::server {

namespace {

using Clock = std::chrono::steady_clock;

// A real metadata endpoint answers 20 identity requests a second: so many are written at once.
constexpr int most_at_once = 20;
constexpr Clock::duration shortest_pause = std::chrono::milliseconds(50);
constexpr Clock::duration longest_pause = std::chrono::seconds(1);
// Where so many wait that the journal takes long, it is written less often: of those that come meanwhile it
// keeps the newest anyway.
constexpr int pauses_to_work = 20;

}  // namespace

DeferredReports::~DeferredReports() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        is_over_ = true;
    }
    woken_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool DeferredReports::are_few() {
    const Clock::time_point now = Clock::now();
    if (now - second_began_ >= std::chrono::seconds(1)) {
        second_began_ = now;
        in_second_ = 0;
    }
    return in_second_ < most_at_once && waiting_.empty();
}

void DeferredReports::push(Waiting waiting) {
    if (waiting_.size() >= static_cast<std::size_t>(events::runs_kept)) waiting_.pop_front();
    waiting_.push_back(std::move(waiting));
    if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
    if (waiting_.size() == 1) woken_.notify_one();
}

bool DeferredReports::take(events::Report& report) {
    if (report.empty()) return true;
    const std::lock_guard<std::mutex> lock(mutex_);
    const bool few = are_few();
    ++in_second_;
    if (!few) push({std::make_shared<const events::Report>(std::move(report)), {}});
    return !few;
}

bool DeferredReports::take_like(const std::shared_ptr<const events::Report>& report, Instant at) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (are_few()) return false;
    push({report, at});
    return true;
}

void DeferredReports::work() {
    Clock::duration pause = shortest_pause;
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
        woken_.wait(lock, [this] { return is_over_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        // More of them come meanwhile.
        woken_.wait_for(lock, pause, [this] { return is_over_; });
        std::deque<Waiting> together;
        together.swap(waiting_);
        lock.unlock();
        std::vector<events::Report> reports;
        reports.reserve(together.size());
        for (const Waiting& waiting : together) {
            events::Report& report = reports.emplace_back(*waiting.report);
            if (!waiting.at) continue;
            report.run.at = *waiting.at;
            for (events::Event& event : report.events) event.at = *waiting.at;
        }
        const Clock::time_point begun = Clock::now();
        write_(reports);
        pause = std::clamp<Clock::duration>((Clock::now() - begun) * pauses_to_work, shortest_pause,
                                            longest_pause);
        lock.lock();
    }
}

}  // namespace azid::server
