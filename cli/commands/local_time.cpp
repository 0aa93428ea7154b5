#include "cli/commands/local_time.hpp"

#include "core/base/text.hpp"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <ctime>

namespace azid::commands {

namespace {

// Takes digits off the front: exactly as many as asked for. Negative when there are fewer.
int number_of(std::string_view& text, std::size_t digits) {
    int number = 0;
    if (text.size() < digits) return -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + digits, number);
    if (error != std::errc() || end != text.data() + digits || text.front() == '-') return -1;
    text.remove_prefix(digits);
    return number;
}

bool take(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

// "Z" or "+hh:mm" as seconds east of Greenwich. Empty when it is neither.
std::optional<int> zone_of(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    const bool east = take(text, '+');
    if (!east && !take(text, '-')) return {};
    const int hours = number_of(text, 2);
    take(text, ':');
    const int minutes = text.empty() ? 0 : number_of(text, 2);
    if (hours < 0 || minutes < 0 || !text.empty()) return {};
    return (east ? 1 : -1) * (hours * 3600 + minutes * 60);
}

// The fraction behind the seconds, in microseconds.
long take_fraction(std::string_view& text) {
    if (text.empty() || (text.front() != '.' && text.front() != ',')) return 0;
    text.remove_prefix(1);
    long micros = 0;
    long unit = 100000;
    while (!text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0) {
        micros += (text.front() - '0') * unit;
        unit /= 10;
        text.remove_prefix(1);
    }
    return micros;
}

}  // namespace

std::string local_text(Instant instant) {
    const std::time_t seconds = static_cast<std::time_t>(unix_seconds(instant));
    std::tm local{};
    localtime_r(&seconds, &local);
    const long micros = static_cast<long>((instant - from_unix_seconds(seconds)).count());
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:06}", local.tm_year + 1900, local.tm_mon + 1,
                       local.tm_mday, local.tm_hour, local.tm_min, local.tm_sec, micros);
}

std::optional<Instant> parse_local(std::string_view text) {
    text = trim(text);
    std::tm date{};
    const int year = number_of(text, 4);
    if (!take(text, '-')) return {};
    const int month = number_of(text, 2);
    if (!take(text, '-')) return {};
    const int day = number_of(text, 2);
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31) return {};
    long micros = 0;
    if (take(text, 'T') || take(text, 't') || take(text, ' ')) {
        text = trim(text);
        date.tm_hour = number_of(text, 2);
        if (date.tm_hour < 0 || date.tm_hour > 23 || !take(text, ':')) return {};
        date.tm_min = number_of(text, 2);
        if (date.tm_min < 0 || date.tm_min > 59) return {};
        if (take(text, ':')) {
            date.tm_sec = number_of(text, 2);
            if (date.tm_sec < 0 || date.tm_sec > 60) return {};
            micros = take_fraction(text);
        }
    }
    text = trim(text);
    date.tm_year = year - 1900;
    date.tm_mon = month - 1;
    date.tm_mday = day;
    date.tm_isdst = -1;
    const std::optional<int> zone = zone_of(text);
    if (!zone && !text.empty()) return {};
    const std::time_t seconds = zone ? timegm(&date) - *zone : std::mktime(&date);
    return from_unix_seconds(seconds) + std::chrono::microseconds(micros);
}

}  // namespace azid::commands
