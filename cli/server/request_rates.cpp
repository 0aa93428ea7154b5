#include "cli/server/request_rates.hpp"

#include <algorithm>
#include <cmath>

namespace azid::server {

namespace {

struct Rate {
    std::string_view method;
    double capacity;
    double a_second;
};
constexpr std::array rates{Rate{"GET", 250, 25}, Rate{"HEAD", 250, 25}, Rate{"DELETE", 200, 10}};
constexpr Rate writes{"write", 200, 10};

const Rate& rate_of(std::string_view method) {
    const auto* found =
        std::find_if(rates.begin(), rates.end(), [&](const Rate& rate) { return rate.method == method; });
    return found == rates.end() ? writes : *found;
}

}  // namespace

std::optional<int> RequestRates::refused_for(const std::string& caller_and_subscription,
                                             std::string_view method, int& left, Clock::time_point now) {
    const Rate& rate = rate_of(method);
    const std::string_view kind = rate.method == "HEAD" ? "GET" : rate.method;
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto [at, fresh] = buckets_.try_emplace(caller_and_subscription + " " + std::string(kind));
    Bucket& bucket = at->second;
    const double passed = fresh ? 0 : std::chrono::duration<double>(now - bucket.filled).count();
    bucket.tokens = fresh ? rate.capacity : std::min(rate.capacity, bucket.tokens + passed * rate.a_second);
    bucket.filled = now;
    left = 0;
    if (bucket.tokens < 1) return static_cast<int>(std::ceil((1 - bucket.tokens) / rate.a_second));
    bucket.tokens -= 1;
    left = static_cast<int>(bucket.tokens);
    return {};
}

}  // namespace azid::server
