#include "cli/commands/local_time.hpp"

#include <doctest/doctest.h>

namespace azid::test { namespace {

TEST_CASE("dates with a zone are that moment, whatever the local zone") {
    using commands::parse_local;
    CHECK(utc_seconds(*parse_local("2026-11-21T02:31:01Z")) == "2026-11-21T02:31:01Z");
    CHECK(utc_seconds(*parse_local("2026-11-21 02:31 +01:00")) == "2026-11-21T01:31:00Z");
    CHECK(utc_seconds(*parse_local("2026-11-21T02:31:01.5-0130")) == "2026-11-21T04:01:01Z");
}

TEST_CASE("a local date reads back as it was written") {
    const std::optional<Instant> instant = commands::parse_local("2026-07-01 12:30:15.25");
    REQUIRE(instant);
    CHECK(commands::local_text(*instant) == "2026-07-01 12:30:15.250000");
    CHECK(commands::local_text(*commands::parse_local("2026-07-01")) == "2026-07-01 00:00:00.000000");
}

TEST_CASE("what is no date is not taken for one") {
    for (const char* text : {"", "yesterday", "2026", "2026-13-01", "2026-01-01 25:00", "2026-01-01 10:00 X"})
        CHECK_FALSE(commands::parse_local(text));
}

}}  // namespace azid::test
