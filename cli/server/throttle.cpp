#include "cli/server/throttle.hpp"

namespace azid::server {

std::unique_ptr<Throttle::Place> Throttle::enter(const std::string& vm, Clock::time_point now) {
    const std::lock_guard<std::mutex> lock(mutex_);
    Traffic& traffic = traffic_[vm];
    while (!traffic.begun.empty() && now - traffic.begun.front() >= std::chrono::seconds(1))
        traffic.begun.pop_front();
    if (traffic.begun.size() >= most_in_a_second || traffic.running >= most_at_once) return nullptr;
    traffic.begun.push_back(now);
    ++traffic.running;
    return std::make_unique<Place>(*this, vm);
}

void Throttle::leave(const std::string& vm) {
    const std::lock_guard<std::mutex> lock(mutex_);
    --traffic_[vm].running;
}

}  // namespace azid::server
