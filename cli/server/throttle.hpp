// The metadata service's limits on identity requests, per VM: 20 in any second and 5 at once (the metadata
// service's documentation). By the machine's monotonic clock.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace azid::server {

class Throttle {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t most_in_a_second = 20;
    static constexpr std::size_t most_at_once = 5;

    // Ends one request when destroyed.
    class Place {
      public:
        Place(Throttle& throttle, std::string key) : throttle_(throttle), key_(std::move(key)) {}
        ~Place() { throttle_.leave(key_); }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

      private:
        Throttle& throttle_;
        std::string key_;
    };

    // Lets a request of that VM in; null when it is one too many, which counts against nothing.
    std::unique_ptr<Place> enter(const std::string& vm, Clock::time_point now = Clock::now());

  private:
    struct Traffic {
        std::deque<Clock::time_point> begun;  // within the last second
        std::size_t running = 0;
    };
    void leave(const std::string& vm);

    std::mutex mutex_;  // of traffic_
    std::map<std::string, Traffic> traffic_;
};

}  // namespace azid::server
