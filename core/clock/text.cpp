#include "core/base/text.hpp"
#include "core/clock/clock.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <cstdint>

namespace azid::clock {

namespace {

using Micros = std::chrono::microseconds;

struct Unit {
    std::string_view name;
    std::int64_t micros;
};

constexpr std::int64_t second = 1'000'000;
// Largest first, so that a text of several is written and read in this order.
constexpr std::array<Unit, 6> plain_units{{{"w", 7 * 24 * 3600 * second},
                                           {"d", 24 * 3600 * second},
                                           {"h", 3600 * second},
                                           {"m", 60 * second},
                                           {"s", second},
                                           {"ms", 1000}}};
constexpr std::array<Unit, 2> iso_days{{{"W", 7 * 24 * 3600 * second}, {"D", 24 * 3600 * second}}};
constexpr std::array<Unit, 3> iso_times{{{"H", 3600 * second}, {"M", 60 * second}, {"S", second}}};
constexpr double longest = 10'000.0 * 366 * 24 * 3600 * 1e6;

// Takes "12" or "1.5" off the front. Negative when there is no number.
double take_number(std::string_view& text) {
    double number = 0;
    double unit = 1;
    bool point = false;
    bool any = false;
    while (!text.empty()) {
        const char c = text.front();
        if ((c == '.' || c == ',') && any && !point) {
            point = true;
        } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            any = true;
            if (point) unit /= 10;
            number = point ? number + (c - '0') * unit : number * 10 + (c - '0');
        } else {
            break;
        }
        text.remove_prefix(1);
    }
    return any ? number : -1;
}

std::string_view take_letters(std::string_view& text) {
    std::size_t end = 0;
    while (end < text.size() && std::isalpha(static_cast<unsigned char>(text[end])) != 0) ++end;
    const std::string_view letters = text.substr(0, end);
    text.remove_prefix(end);
    return letters;
}

// Numbers with units, each unit at most once and the larger before the smaller.
template <std::size_t count>
std::optional<double> sum_of(std::string_view text, const std::array<Unit, count>& units) {
    double sum = 0;
    std::size_t next = 0;
    while (!text.empty()) {
        const double number = take_number(text);
        const std::string_view letters = take_letters(text);
        while (next < count && !iequals(units[next].name, letters)) ++next;
        if (number < 0 || next == count) return {};
        sum += number * static_cast<double>(units[next++].micros);
    }
    return sum;
}

std::optional<double> iso_duration(std::string_view text) {
    const std::size_t time = text.find_first_of("Tt");
    const std::string_view days = text.substr(0, time);
    if (time != std::string_view::npos && time + 1 == text.size()) return {};
    const std::string_view times =
        time == std::string_view::npos ? std::string_view() : text.substr(time + 1);
    const std::optional<double> first = sum_of(days, iso_days);
    const std::optional<double> second_part = sum_of(times, iso_times);
    if (!first || !second_part || text.empty()) return {};
    return *first + *second_part;
}

int two_digits(std::string_view text) {
    if (text.size() != 2 || std::isdigit(static_cast<unsigned char>(text[0])) == 0 ||
        std::isdigit(static_cast<unsigned char>(text[1])) == 0)
        return -1;
    return (text[0] - '0') * 10 + (text[1] - '0');
}

// Takes "+02:00", "-0530" or "+02" off the end of a time. Zero where there is none.
std::optional<Micros> take_zone(std::string_view& text) {
    const std::size_t time = text.find_first_of("Tt ");
    if (time == std::string_view::npos) return Micros(0);
    const std::size_t sign = text.find_first_of("+-", time);
    if (sign == std::string_view::npos) return Micros(0);
    const std::string_view zone = text.substr(sign + 1);
    const bool colon = zone.size() == 5 && zone[2] == ':';
    if (!colon && zone.size() != 4 && zone.size() != 2) return {};
    const int hours = two_digits(zone.substr(0, 2));
    const int minutes = zone.size() == 2 ? 0 : two_digits(zone.substr(zone.size() - 2));
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return {};
    const Micros east = std::chrono::hours(hours) + std::chrono::minutes(minutes);
    const bool west = text[sign] == '-';
    text = text.substr(0, sign);
    return west ? -east : east;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
    text = trim(text);
    const std::optional<Micros> east = take_zone(text);
    if (!east) return {};
    std::string plain(text);
    for (char& c : plain)
        if (c == 't') c = 'T';
    const std::size_t time = plain.find('T');
    // az takes a time of hours alone.
    if (time != std::string::npos && plain.size() - time == 3) plain += ":00";
    if (time != std::string::npos && plain.size() - time == 4 && lower(plain).back() == 'z')
        plain.insert(plain.size() - 1, ":00");
    const std::optional<Instant> read = parse_utc(plain);
    if (!read) return {};
    return *read - *east;
}

std::optional<Micros> parse_duration(std::string_view text) {
    text = trim(text);
    const bool back = text.starts_with('-');
    if (back || text.starts_with('+')) text.remove_prefix(1);
    if (text.empty()) return {};
    const bool iso = text.front() == 'P' || text.front() == 'p';
    const std::optional<double> sum = iso ? iso_duration(text.substr(1)) : sum_of(text, plain_units);
    if (!sum || *sum > longest) return {};
    const Micros micros(static_cast<std::int64_t>(*sum + 0.5));
    return back ? -micros : micros;
}

std::string duration_text(Micros duration) {
    std::int64_t rest = duration.count();
    std::string out = rest < 0 ? "-" : "";
    if (rest < 0) rest = -rest;
    for (const Unit& unit : plain_units) {
        if (unit.name == "w" || rest < unit.micros) continue;
        out += fmt::format("{}{}", rest / unit.micros, unit.name);
        rest %= unit.micros;
    }
    return out.empty() || out == "-" ? "0s" : out;
}

}  // namespace azid::clock
