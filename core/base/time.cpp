#include "core/base/time.hpp"

#include <fmt/chrono.h>
#include <fmt/compile.h>
#include <fmt/format.h>

#include <cstdio>
#include <ctime>

namespace azid {

namespace {

std::tm broken_down(Instant instant) {
    const std::time_t seconds = static_cast<std::time_t>(unix_seconds(instant));
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return parts;
}

std::int64_t fraction(Instant instant) {
    return (instant - std::chrono::floor<std::chrono::seconds>(instant)).count();
}

}  // namespace

std::int64_t unix_seconds(Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

Instant from_unix_seconds(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

std::string utc_seconds(Instant instant) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", broken_down(instant));
}

std::string utc_ticks(Instant instant) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}0Z", broken_down(instant), fraction(instant));
}

std::string az_iso(Instant instant) {
    // Without strftime: long lists are full of dates.
    const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    const std::string whole =
        fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}"), static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    time.hours().count(), time.minutes().count(), time.seconds().count());
    if (fraction(instant) == 0) return whole + "+00:00";
    return fmt::format(FMT_COMPILE("{}.{:06}+00:00"), whole, fraction(instant));
}

std::string http_date(Instant instant) {
    char text[64];
    const std::tm parts = broken_down(instant);
    return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

std::optional<Instant> parse_utc(std::string_view text) {
    const std::string copy(text);
    int year = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    unsigned month = 0;
    unsigned day = 0;
    int used = 0;
    if (std::sscanf(copy.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &used) != 3 || used != 10) return {};
    std::int64_t micros = 0;
    std::string_view rest = std::string_view(copy).substr(10);
    if (!rest.empty()) {
        int time_used = 0;
        const std::string tail(rest);
        const bool full =
            std::sscanf(tail.c_str(), "%*[T ]%2d:%2d:%2d%n", &hour, &minute, &second, &time_used) == 3;
        if (!full) {
            second = 0;
            if (std::sscanf(tail.c_str(), "%*[T ]%2d:%2d%n", &hour, &minute, &time_used) != 2) return {};
        }
        rest.remove_prefix(static_cast<size_t>(time_used));
        if (!rest.empty() && rest[0] == '.') {
            size_t digits = 1;
            std::int64_t unit = 100000;
            for (; digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9'; ++digits, unit /= 10)
                micros += (rest[digits] - '0') * unit;
            rest.remove_prefix(digits);
        }
        if (!rest.empty() && rest != "Z" && rest != "z" && rest != "+00:00") return {};
    }
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return {};
    return Instant(std::chrono::sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second) + std::chrono::microseconds(micros);
}

}  // namespace azid
