// The state's clock: what time it is in the simulated Azure. It follows the machine's until somebody sets,
// advances or freezes it. Waits, polls and time-outs do not ask it: they run on the machine's monotonic one.
#pragma once

#include "core/clock/model.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace azid {
struct Session;
}

namespace azid::clock {

// The instants that a clock may show, so that every date that Azure derives from one can still be written.
inline constexpr Instant earliest = std::chrono::sys_days{std::chrono::year{1970} / 1 / 1};
inline constexpr Instant latest = std::chrono::sys_days{std::chrono::year{2200} / 1 / 1};

// What the clock shows while the machine's shows `machine`.
Instant instant(const Record& record, Instant machine);

// The clock that shows `to` now: standing where it stood still, running on where it ran. Throws Error
// (fault::usage) outside of earliest and latest; so do the others that move it.
Record set(const Record& record, Instant machine, Instant to);
Record advanced(const Record& record, Instant machine, std::chrono::microseconds by);
Record frozen(const Record& record, Instant machine);
// Runs on from where it stands. Throws Error (fault::client) for the clock of a seeded state, which never
// runs by itself.
Record resumed(const Record& record, Instant machine);
// The machine's clock again, or the seeded state's fixed beginning.
Record reset(const Record& record);

// The beginning of a seeded state: its clock stands still at that instant, and the session is of it from here
// on.
void start_seeded(Session& session, Instant at);

// Reads a date that a user writes: "2025-01-02", "2025-01-02T03:04Z", "2025-01-02T03:04:05.5+02:00",
// "2025-01-02 03:04"; UTC where no zone is given. Empty when it is none.
std::optional<Instant> parse_instant(std::string_view text);
// Reads how long something lasts: "45d", "12h", "30m", "90s", "1w", "1d12h", "500ms", or ISO 8601's "P45D",
// "PT1H30M", "P1W"; in front of it "-" goes back. Months and years are refused, since they are not of one
// length. Empty when it is none, or of more than ten thousand years.
std::optional<std::chrono::microseconds> parse_duration(std::string_view text);
// "1d12h", "45d", "0s", "-30m".
std::string duration_text(std::chrono::microseconds duration);

}  // namespace azid::clock
