#include "core/storage/conditions.hpp"

#include "core/base/error.hpp"
#include "core/storage/faults.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>

namespace azid::storage {

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> number_in(std::string_view text, std::size_t at, std::size_t digits) {
    int value = 0;
    const std::string_view piece = text.substr(at, digits);
    const std::from_chars_result read = std::from_chars(piece.data(), piece.data() + piece.size(), value);
    if (read.ec != std::errc() || read.ptr != piece.data() + piece.size()) return {};
    return value;
}

unsigned month_in(std::string_view text) {
    for (std::size_t i = 0; i < months.size(); ++i)
        if (iequals(months[i], text)) return static_cast<unsigned>(i + 1);
    return 0;
}

// "Thu, 02 Jan 2025 03:04:05 GMT", the one form that clients still write.
std::optional<Instant> parse_http_date(std::string_view text) {
    constexpr std::size_t length = 29;
    if (text.size() != length || !text.ends_with(" GMT") || text.substr(3, 2) != ", ") return {};
    const std::optional<int> day = number_in(text, 5, 2);
    const std::optional<int> year = number_in(text, 12, 4);
    const std::optional<int> hour = number_in(text, 17, 2);
    const std::optional<int> minute = number_in(text, 20, 2);
    const std::optional<int> second = number_in(text, 23, 2);
    if (!day || !year || !hour || !minute || !second || *day < 1) return {};
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(month_in(text.substr(8, 3))),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return {};
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

std::optional<Instant> date_in(const http::Request& request, const char* header) {
    const std::string text = http::header(request, header);
    if (text.empty()) return {};
    const std::optional<Instant> date = parse_http_date(text);
    if (date) return date;
    Error error(fault::invalid_header_value,
                "The value for one of the HTTP headers is not in the correct format.");
    error.with_details({{"HeaderName", header, ""}, {"HeaderValue", text, ""}});
    throw Error(error);
}

}  // namespace

Precondition precondition_of(const http::Request& request) {
    return {http::header(request, "If-Match"), http::header(request, "If-None-Match"),
            date_in(request, "If-Modified-Since"), date_in(request, "If-Unmodified-Since")};
}

}  // namespace azid::storage
