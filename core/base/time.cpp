#include "core/base/time.hpp"

#include <fmt/chrono.h>
#include <fmt/compile.h>
#include <fmt/format.h>

#include <ctime>

namespace azid {

namespace {

// Not gmtime_r: that reads the machine's time zone first.
std::tm broken_down(Instant instant) {
    const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    std::tm parts{};
    parts.tm_year = static_cast<int>(date.year()) - 1900;
    parts.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    parts.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
    parts.tm_wday = static_cast<int>(std::chrono::weekday(day).c_encoding());
    parts.tm_hour = static_cast<int>(time.hours().count());
    parts.tm_min = static_cast<int>(time.minutes().count());
    parts.tm_sec = static_cast<int>(time.seconds().count());
    return parts;
}

std::int64_t fraction(Instant instant) {
    return (instant - std::chrono::floor<std::chrono::seconds>(instant)).count();
}

// The number of `least` to `most` digits that the text begins with, which it loses; empty where it has fewer.
std::optional<int> number_at(std::string_view& text, size_t least, size_t most) {
    int number = 0;
    size_t digits = 0;
    for (; digits < most && digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits)
        number = number * 10 + (text[digits] - '0');
    text.remove_prefix(digits);
    return digits < least ? std::nullopt : std::optional<int>(number);
}

// Whether the text begins with one of these characters, which it then loses.
bool passed(std::string_view& text, std::string_view characters) {
    if (text.empty() || characters.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

// The fraction of a second in microseconds; further digits are passed over.
std::chrono::microseconds fraction_at(std::string_view& text) {
    std::int64_t micros = 0;
    for (std::int64_t unit = 100000; !text.empty() && text[0] >= '0' && text[0] <= '9'; unit /= 10) {
        micros += (text[0] - '0') * unit;
        text.remove_prefix(1);
    }
    return std::chrono::microseconds(micros);
}

// "T10:20:30.5" or "T10:20" at the text's beginning, which loses it, since midnight.
std::optional<std::chrono::microseconds> time_at(std::string_view& text) {
    const std::optional<int> hour = passed(text, "T ") ? number_at(text, 1, 2) : std::nullopt;
    const std::optional<int> minute = passed(text, ":") ? number_at(text, 1, 2) : std::nullopt;
    const std::optional<int> second = passed(text, ":") ? number_at(text, 1, 2) : std::optional<int>(0);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return {};
    std::chrono::microseconds time =
        std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
    if (passed(text, ".")) time += fraction_at(text);
    return time;
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
    const std::tm parts = broken_down(instant);
    const std::string whole =
        fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}"), parts.tm_year + 1900,
                    parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    if (fraction(instant) == 0) return whole + "+00:00";
    return fmt::format(FMT_COMPILE("{}.{:06}+00:00"), whole, fraction(instant));
}

std::string http_date(Instant instant) {
    char text[64];
    const std::tm parts = broken_down(instant);
    return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

std::optional<Instant> parse_utc(std::string_view text) {
    const std::optional<int> year = number_at(text, 4, 4);
    const std::optional<int> month = passed(text, "-") ? number_at(text, 2, 2) : std::nullopt;
    const std::optional<int> day = passed(text, "-") ? number_at(text, 2, 2) : std::nullopt;
    if (!year || !month || !day) return {};
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return {};
    const Instant midnight{std::chrono::sys_days(date)};
    if (text.empty()) return midnight;
    const std::optional<std::chrono::microseconds> time = time_at(text);
    const bool is_utc = text.empty() || text == "Z" || text == "z" || text == "+00:00";
    if (!time || !is_utc) return {};
    return midnight + *time;
}

}  // namespace azid
