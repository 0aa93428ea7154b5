// A refusal of one request too many: HTTP 429, and after how long to ask again.
#pragma once

#include "core/base/error.hpp"

#include <chrono>
#include <string>

namespace azid {

inline constexpr Fault too_many_requests{"TooManyRequests", 429, 1};

class TooManyRequests : public Error {
  public:
    TooManyRequests(std::string message, std::chrono::seconds retry_after)
        : Error(too_many_requests, std::move(message)), retry_after_(retry_after) {}

    // At least a second: what "Retry-After" says.
    std::chrono::seconds retry_after() const { return retry_after_; }

  private:
    std::chrono::seconds retry_after_;
};

}  // namespace azid
