// Instants and their texts. core never asks what time it is: it is given an Instant.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace azid {

// UTC, in microseconds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

std::int64_t unix_seconds(Instant instant);
Instant from_unix_seconds(std::int64_t seconds);

// "2025-01-02T03:04:05Z", no fraction: Graph's and X.509's style.
std::string utc_seconds(Instant instant);
// "2025-01-02T03:04:05.1234567Z", seven decimals: ARM's style.
std::string utc_ticks(Instant instant);
// "2025-01-02T03:04:05.123456+00:00", the fraction left out when zero: az's rendering of a typed date.
std::string az_iso(Instant instant);
// "Thu, 02 Jan 2025 03:04:05 GMT": HTTP's.
std::string http_date(Instant instant);

// Reads ISO 8601 in UTC ("...Z" or "+00:00", optional fraction, optional time). Empty when it is not such a
// date.
std::optional<Instant> parse_utc(std::string_view text);

}  // namespace azid
