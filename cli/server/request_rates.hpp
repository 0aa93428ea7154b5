// Azure Resource Manager's limits on requests of one principal in one subscription, off by default
// (throttle): a bucket of tokens for reads, one for writes and one for deletes, refilled by the machine's
// monotonic clock. Source: azure-docs, "Understand how Azure Resource Manager throttles requests".
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace azid::server {

class RequestRates {
  public:
    using Clock = std::chrono::steady_clock;

    // Takes one token for the request. Empty when it is let in, and how much is left is written into left;
    // otherwise after how many whole seconds to ask again.
    std::optional<int> refused_for(const std::string& caller_and_subscription, std::string_view method,
                                   int& left, Clock::time_point now = Clock::now());

  private:
    struct Bucket {
        double tokens = 0;
        Clock::time_point filled;
    };
    std::mutex mutex_;  // of buckets_
    std::map<std::string, Bucket> buckets_;
};

}  // namespace azid::server
