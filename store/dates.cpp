#include "store/dates.hpp"

#include "core/base/fault.hpp"

#include <fmt/format.h>

#include <charconv>

namespace azid::store {

namespace {

constexpr std::size_t length = 27;

// Writes the number right-aligned into text, filled with zeros.
void put(char* text, int width, unsigned value) {
    for (; width > 0; value /= 10) text[--width] = static_cast<char>('0' + value % 10);
}

// The digits at the start of the text as a number; -1 when they are not all digits.
int take(const char* text, int width) {
    int value = 0;
    for (int i = 0; i < width; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool has_our_shape(std::string_view text) {
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd.ddddddZ";
    static_assert(shape.size() == length);
    if (text.size() != length) return false;
    for (std::size_t i = 0; i < length; ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !digit : text[i] != shape[i]) return false;
    }
    return true;
}

}  // namespace

std::string date_text(Instant instant) {
    const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    std::string text = "0000-00-00T00:00:00.000000Z";
    put(text.data(), 4, static_cast<unsigned>(static_cast<int>(date.year())));
    put(text.data() + 5, 2, static_cast<unsigned>(date.month()));
    put(text.data() + 8, 2, static_cast<unsigned>(date.day()));
    put(text.data() + 11, 2, static_cast<unsigned>(time.hours().count()));
    put(text.data() + 14, 2, static_cast<unsigned>(time.minutes().count()));
    put(text.data() + 17, 2, static_cast<unsigned>(time.seconds().count()));
    put(text.data() + 20, 6, static_cast<unsigned>(time.subseconds().count()));
    return text;
}

Instant date_of(std::string_view text) {
    if (has_our_shape(text)) {
        const char* at = text.data();
        const std::chrono::year_month_day date{std::chrono::year(take(at, 4)),
                                               std::chrono::month(static_cast<unsigned>(take(at + 5, 2))),
                                               std::chrono::day(static_cast<unsigned>(take(at + 8, 2)))};
        if (date.ok())
            return Instant(std::chrono::sys_days(date)) + std::chrono::hours(take(at + 11, 2)) +
                   std::chrono::minutes(take(at + 14, 2)) + std::chrono::seconds(take(at + 17, 2)) +
                   std::chrono::microseconds(take(at + 20, 6));
    }
    const std::optional<Instant> other = parse_utc(text);
    if (!other)
        throw Error(fault::state, fmt::format("The state file holds '{}' where a date belongs.", text));
    return *other;
}

}  // namespace azid::store
