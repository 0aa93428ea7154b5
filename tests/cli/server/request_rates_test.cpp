#include "cli/server/request_rates.hpp"

#include <doctest/doctest.h>

using namespace azid;
using server::RequestRates;

TEST_CASE("reads, writes and deletes have buckets of their own, which fill up again") {
    RequestRates rates;
    const RequestRates::Clock::time_point begin{};
    int left = 0;
    for (int i = 0; i < 250; ++i) CHECK(!rates.refused_for("me in one", "GET", left, begin));
    CHECK(left == 0);
    CHECK(rates.refused_for("me in one", "GET", left, begin) == 1);
    CHECK(rates.refused_for("me in one", "HEAD", left, begin) == 1);
    CHECK(!rates.refused_for("me in one", "PUT", left, begin));
    CHECK(left == 199);
    CHECK(!rates.refused_for("me in one", "DELETE", left, begin));
    CHECK(!rates.refused_for("me in another", "GET", left, begin));
    CHECK(!rates.refused_for("me in one", "GET", left, begin + std::chrono::milliseconds(40)));
    CHECK(rates.refused_for("me in one", "GET", left, begin + std::chrono::milliseconds(40)));
    CHECK(!rates.refused_for("me in one", "GET", left, begin + std::chrono::hours(1)));
    CHECK(left == 249);
}
