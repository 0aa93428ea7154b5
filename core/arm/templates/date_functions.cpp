// Dates: their sums and their forms, which are .NET's.
#include "core/arm/templates/functions.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cctype>
#include <chrono>
#include <optional>

namespace azid::arm::templates {

namespace {

using std::chrono::days;

struct Parts {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::microseconds> time;
};

Parts parts_of(Instant instant) {
    const std::chrono::sys_days day = std::chrono::floor<days>(instant);
    return {std::chrono::year_month_day(day), std::chrono::hh_mm_ss(instant - day)};
}

constexpr std::string_view months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view weekdays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                         "Thursday", "Friday", "Saturday"};

// The standard forms of one letter, as .NET's invariant culture spells them out.
struct Standard {
    char letter;
    std::string_view form;
};
constexpr Standard standards[] = {
    {'d', "MM/dd/yyyy"},
    {'D', "dddd, dd MMMM yyyy"},
    {'g', "MM/dd/yyyy HH:mm"},
    {'G', "MM/dd/yyyy HH:mm:ss"},
    {'o', "yyyy-MM-ddTHH:mm:ss.fffffffZ"},
    {'O', "yyyy-MM-ddTHH:mm:ss.fffffffZ"},
    {'R', "ddd, dd MMM yyyy HH:mm:ss GMT"},
    {'r', "ddd, dd MMM yyyy HH:mm:ss GMT"},
    {'s', "yyyy-MM-ddTHH:mm:ss"},
    {'t', "HH:mm"},
    {'T', "HH:mm:ss"},
    {'u', "yyyy-MM-dd HH:mm:ssZ"},
    {'Y', "yyyy MMMM"},
    {'y', "yyyy MMMM"},
    {'M', "MMMM dd"},
    {'m', "MMMM dd"},
};

std::string padded(std::int64_t number, std::size_t width) { return fmt::format("{:0{}}", number, width); }

// "dd", "MMM", "yyyy" and so on: one letter as often as it is repeated. Empty when the letter means nothing.
std::optional<std::string> field(char letter, std::size_t count, const Parts& parts) {
    const auto month = static_cast<unsigned>(parts.date.month());
    const auto day = static_cast<unsigned>(parts.date.day());
    const int year = static_cast<int>(parts.date.year());
    const std::int64_t hour = parts.time.hours().count();
    const std::string_view weekday =
        weekdays[std::chrono::weekday(std::chrono::sys_days(parts.date)).c_encoding()];
    const std::size_t two = std::min<std::size_t>(count, 2);
    switch (letter) {
        case 'y':
            return count <= 2 ? padded(year % 100, count) : padded(year, count);
        case 'M':
            return count <= 2 ? padded(month, count)
                              : std::string(count == 3 ? months[month - 1].substr(0, 3) : months[month - 1]);
        case 'd':
            return count <= 2 ? padded(day, count) : std::string(count == 3 ? weekday.substr(0, 3) : weekday);
        case 'H':
            return padded(hour, two);
        case 'h':
            return padded(hour % 12 == 0 ? 12 : hour % 12, two);
        case 'm':
            return padded(parts.time.minutes().count(), two);
        case 's':
            return padded(parts.time.seconds().count(), two);
        case 'f':
            return (padded(parts.time.subseconds().count(), 6) + "0")
                .substr(0, std::min<std::size_t>(count, 7));
        case 't':
            return std::string(hour < 12 ? "AM" : "PM").substr(0, two);
        case 'z':
            return count < 3 ? "+" + padded(0, two) : "+00:00";
        case 'K':
            return "Z";
        default:
            return {};
    }
}

std::string in_form(Instant instant, std::string_view form) {
    if (form.size() == 1)
        for (const Standard& standard : standards)
            if (standard.letter == form.front()) return in_form(instant, standard.form);
    const Parts parts = parts_of(instant);
    std::string out;
    for (std::size_t at = 0; at < form.size();) {
        const char c = form[at];
        if (c == '\'' || c == '"') {
            const std::size_t end = std::min(form.find(c, at + 1), form.size());
            out += form.substr(at + 1, end - at - 1);
            at = end + 1;
            continue;
        }
        if (c == '\\' && at + 1 < form.size()) {
            out += form[at + 1];
            at += 2;
            continue;
        }
        const std::size_t end = std::min(form.find_first_not_of(c, at), form.size());
        if (const std::optional<std::string> text = field(c, end - at, parts)) {
            out += *text;
            at = end;
        } else {
            out += c;
            ++at;
        }
    }
    return out;
}

Instant date_at(const Call& call, std::size_t index) {
    std::string text = call.text(index);
    // "20250102T030405Z", as utcNow() writes it, besides the usual forms.
    if (text.size() == 16 && text[8] == 'T' && text.back() == 'Z')
        text = fmt::format("{}-{}-{}T{}:{}:{}Z", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2),
                           text.substr(9, 2), text.substr(11, 2), text.substr(13, 2));
    const std::optional<Instant> date = parse_utc(text);
    if (!date) call.refuse(fmt::format("'{}' is not a valid date", call.text(index)));
    return *date;
}

// "P1Y2M3DT4H5M6S", perhaps with a minus before it.
Instant later(const Call& call, Instant date, std::string_view duration) {
    const bool minus = duration.starts_with('-');
    std::string_view rest = duration.substr(minus ? 1 : 0);
    if (!rest.starts_with('P') || rest.size() < 3)
        call.refuse(fmt::format("'{}' is not a valid ISO 8601 duration", duration));
    rest.remove_prefix(1);
    bool in_time = false;
    for (std::int64_t number = 0; !rest.empty(); rest.remove_prefix(1)) {
        const char c = rest.front();
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            number = std::min<std::int64_t>(number * 10 + (c - '0'), 1000000000);
            continue;
        }
        const std::int64_t amount = minus ? -number : number;
        number = 0;
        const std::chrono::sys_days day = std::chrono::floor<days>(date);
        if (c == 'T' && !in_time) {
            in_time = true;
        } else if (!in_time && (c == 'Y' || c == 'M')) {
            std::chrono::year_month_day moved =
                std::chrono::year_month_day(day) +
                std::chrono::months(static_cast<int>(amount) * (c == 'Y' ? 12 : 1));
            if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
            date = std::chrono::sys_days(moved) + (date - day);
        } else if (!in_time && (c == 'W' || c == 'D')) {
            date += days(amount * (c == 'W' ? 7 : 1));
        } else if (in_time && (c == 'H' || c == 'M' || c == 'S')) {
            date += std::chrono::seconds(amount * (c == 'H' ? 3600 : c == 'M' ? 60 : 1));
        } else {
            call.refuse(fmt::format("'{}' is not a valid ISO 8601 duration", duration));
        }
    }
    return date;
}

Json utc_now(const Call& call) {
    if (!call.frame.in_default)
        call.refuse("the function can only be used in the default value of a parameter");
    return in_form(call.frame.session.now, call.text_or(0, "yyyyMMddTHHmmssZ"));
}

Json date_time_add(const Call& call) {
    return in_form(later(call, date_at(call, 0), call.text(1)), call.text_or(2, "M/d/yyyy h:mm:ss tt"));
}

Json from_epoch(const Call& call) { return utc_seconds(from_unix_seconds(call.number(0))); }
Json to_epoch(const Call& call) { return unix_seconds(date_at(call, 0)); }

constexpr Function table[] = {
    {"utcNow", 0, 1, utc_now},
    {"dateTimeAdd", 2, 3, date_time_add},
    {"dateTimeFromEpoch", 1, 1, from_epoch},
    {"dateTimeToEpoch", 1, 1, to_epoch},
};

}  // namespace

std::span<const Function> date_functions() { return table; }

}  // namespace azid::arm::templates
