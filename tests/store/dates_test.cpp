#include "store/dates.hpp"

#include "core/base/error.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

namespace azid::test {

TEST_CASE("dates are written at one length and read back to the microsecond") {
    CHECK(store::date_text(test_instant()) == "2025-01-02T03:04:05.123456Z");
    CHECK(store::date_text(from_unix_seconds(0)) == "1970-01-01T00:00:00.000000Z");
    CHECK(store::date_of("2025-01-02T03:04:05.123456Z") == test_instant());
    CHECK(store::date_text(store::date_of("0001-02-03T23:59:59.000001Z")) == "0001-02-03T23:59:59.000001Z");
}

TEST_CASE("dates that somebody wrote by hand are read where they are dates") {
    CHECK(store::date_text(store::date_of("2025-01-02T03:04:05Z")) == "2025-01-02T03:04:05.000000Z");
    CHECK_THROWS_AS(store::date_of("2025-13-02T03:04:05.000000Z"), Error);
    CHECK_THROWS_AS(store::date_of("soon"), Error);
    CHECK_THROWS_AS(store::date_of(""), Error);
}

}  // namespace azid::test
