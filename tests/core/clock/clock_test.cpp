#include "core/clock/clock.hpp"

#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/keys.hpp"
#include "support/group_world.hpp"

#include <doctest/doctest.h>

using namespace azid;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const Instant machine = from_unix_seconds(1'767'225'600);  // 2026-01-01

std::string read_instant(std::string_view text) {
    const std::optional<Instant> instant = clock::parse_instant(text);
    return instant ? utc_ticks(*instant) : "none";
}

}  // namespace

TEST_CASE("an untouched clock is the machine's") { CHECK(clock::instant({}, machine) == machine); }

TEST_CASE("a clock that was set runs on from there, a frozen one stands there") {
    const clock::Record ahead = clock::set({}, machine, machine + days(10));
    CHECK(clock::instant(ahead, machine + hours(1)) == machine + days(10) + hours(1));
    const clock::Record still = clock::frozen(ahead, machine + hours(1));
    CHECK(clock::instant(still, machine + days(300)) == machine + days(10) + hours(1));
    const clock::Record later = clock::advanced(still, machine + days(300), days(45));
    CHECK(clock::instant(later, machine) == machine + days(55) + hours(1));
    const clock::Record running = clock::resumed(later, machine + days(300));
    CHECK(clock::instant(running, machine + days(301)) == machine + days(56) + hours(1));
    CHECK(clock::reset(running) == clock::Record{});
}

TEST_CASE("the clock of a seeded state never runs, and a reset leads to its beginning") {
    clock::Record seeded;
    seeded.stands_at = machine;
    seeded.seeded_start = machine;
    const clock::Record later = clock::advanced(seeded, machine + days(1000), days(3));
    CHECK(clock::instant(later, machine + days(2000)) == machine + days(3));
    CHECK_THROWS_AS(clock::resumed(later, machine), Error);
    CHECK(clock::reset(later) == seeded);
}

TEST_CASE("a clock cannot be moved to where dates can no longer be written") {
    CHECK_THROWS_AS(clock::set({}, machine, clock::latest + seconds(1)), Error);
    CHECK_THROWS_AS(clock::advanced({}, machine, days(365 * 190)), Error);
}

TEST_CASE("lengths of time are read as people and as ISO 8601 write them") {
    CHECK(clock::parse_duration("45d") == days(45));
    CHECK(clock::parse_duration("12h") == hours(12));
    CHECK(clock::parse_duration("1W") == days(7));
    CHECK(clock::parse_duration("1d12h30m5s") == days(1) + hours(12) + minutes(30) + seconds(5));
    CHECK(clock::parse_duration("1.5h") == minutes(90));
    CHECK(clock::parse_duration("250ms") == milliseconds(250));
    CHECK(clock::parse_duration("P45D") == days(45));
    CHECK(clock::parse_duration("PT1H30M") == minutes(90));
    CHECK(clock::parse_duration("P1W") == days(7));
    CHECK(clock::parse_duration("P1DT0.5S") == days(1) + milliseconds(500));
    CHECK(clock::parse_duration("-30m") == -minutes(30));
    for (const char* bad : {"", "45", "d", "P", "PT", "P1M", "P1Y", "1h1d", "1d1d", "1 d", "45x", "1e5s",
                            "--1d", "99999999999999999999d", "PD", "1d-2h"}) {
        CAPTURE(bad);
        CHECK(!clock::parse_duration(bad));
    }
}

TEST_CASE("lengths of time are written as they are read") {
    CHECK(clock::duration_text(days(45)) == "45d");
    CHECK(clock::duration_text(hours(36) + seconds(1)) == "1d12h1s");
    CHECK(clock::duration_text(-minutes(30)) == "-30m");
    CHECK(clock::duration_text(seconds(0)) == "0s");
    CHECK(clock::duration_text(std::chrono::microseconds(-3)) == "0s");
}

TEST_CASE("instants are read as az reads dates") {
    CHECK(read_instant("2026-03-01") == "2026-03-01T00:00:00.0000000Z");
    CHECK(read_instant("2026-03-01T12Z") == "2026-03-01T12:00:00.0000000Z");
    CHECK(read_instant("2026-03-01T12:30Z") == "2026-03-01T12:30:00.0000000Z");
    CHECK(read_instant("2026-03-01 12:30:15.25") == "2026-03-01T12:30:15.2500000Z");
    CHECK(read_instant("2026-03-01T12:30:00+02:00") == "2026-03-01T10:30:00.0000000Z");
    CHECK(read_instant("2026-03-01T00:30:00-0130") == "2026-03-01T02:00:00.0000000Z");
    for (const char* bad : {"", "now", "2026-02-30", "2026-13-01", "2026-03-01T25:00Z",
                            "2026-03-01T12:00+99:00", "2026-03-01T12:00:00 nonsense", "20260301"}) {
        CAPTURE(bad);
        CHECK(read_instant(bad) == "none");
    }
}

TEST_CASE("a transaction is of the instant that the state's clock shows") {
    test::GroupWorld world;
    Instant seen;
    world.as_admin([&](Session& session) {
        clock::start_seeded(session, machine - days(400));
        CHECK(session.now == machine - days(400));
    });
    world.as_admin([&](Session& session) { seen = session.now; });
    CHECK(seen == machine - days(400));
}
