// The journal of requests that keep nothing else, such as those for tokens that a machine's endpoint holds.
// While there are few, each is written before it is answered. Where they come faster they are written
// together, a moment later, by a thread of their own.
#pragma once

#include "core/events/ports.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace azid::server {

class DeferredReports {
  public:
    using Write = std::function<void(const std::vector<events::Report>&)>;

    explicit DeferredReports(Write write) : write_(std::move(write)) {}
    // Writes what is left.
    ~DeferredReports();
    DeferredReports(const DeferredReports&) = delete;
    DeferredReports& operator=(const DeferredReports&) = delete;

    // Takes the report to be written later. False where there are so few that the caller can write it now.
    bool take(events::Report& report);
    // The same for one like that report, at another instant and under a correlation id of its own unless the
    // report has one.
    bool take_like(const std::shared_ptr<const events::Report>& report, Instant at);

  private:
    struct Waiting {
        std::shared_ptr<const events::Report> report;
        std::optional<Instant> at;  // empty: as it is
    };

    bool are_few();
    void push(Waiting waiting);
    void work();

    Write write_;
    std::mutex mutex_;
    std::condition_variable woken_;
    std::deque<Waiting> waiting_;  // no more than the journal keeps
    std::chrono::steady_clock::time_point second_began_;
    int in_second_ = 0;
    bool is_over_ = false;
    std::thread thread_;  // from the first report on that has to wait
};

}  // namespace azid::server
