#include "cli/server/throttle.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace azid::server;
using std::chrono::milliseconds;

TEST_CASE("a VM has twenty identity requests a second") {
    Throttle throttle;
    const Throttle::Clock::time_point start{};
    for (int i = 0; i < 20; ++i) CHECK(throttle.enter("vm", start + milliseconds(i)) != nullptr);
    CHECK(throttle.enter("vm", start + milliseconds(999)) == nullptr);
    CHECK(throttle.enter("other", start + milliseconds(999)) != nullptr);
    CHECK(throttle.enter("vm", start + milliseconds(1000)) != nullptr);
    CHECK(throttle.enter("vm", start + milliseconds(1000)) == nullptr);
}

TEST_CASE("a VM has five identity requests at once") {
    Throttle throttle;
    std::vector<std::unique_ptr<Throttle::Place>> running;
    for (int i = 0; i < 5; ++i) running.push_back(throttle.enter("vm"));
    CHECK(running.back() != nullptr);
    CHECK(throttle.enter("vm") == nullptr);
    running.pop_back();
    CHECK(throttle.enter("vm") != nullptr);
}
