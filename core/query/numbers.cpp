#include "core/query/numbers.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>

namespace azid::query {
namespace {

// Room for every sum of 64-bit numbers that fits into memory.
using Wide = __int128;

Wide wide(const Json& whole) {
    return whole.is_number_unsigned() ? Wide{whole.get<std::uint64_t>()} : Wide{whole.get<std::int64_t>()};
}

Json json_of(Wide number) {
    if (number >= std::numeric_limits<std::int64_t>::min() &&
        number <= std::numeric_limits<std::int64_t>::max())
        return static_cast<std::int64_t>(number);
    if (number > 0 && number <= Wide{std::numeric_limits<std::uint64_t>::max()})
        return static_cast<std::uint64_t>(number);
    return static_cast<double>(number);
}

// A double without fraction, as a whole number where 64 bits hold it.
Json whole(double number) {
    return std::fabs(number) < 1e30 ? json_of(static_cast<Wide>(number)) : Json(number);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at])) ++at;
    return at;
}

// Python allows blanks around a number and single underscores between digits. Empty when one stands
// elsewhere.
std::optional<std::string> without_decoration(std::string_view text) {
    constexpr std::string_view blanks = " \t\n\r\v\f";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return std::nullopt;
    text = text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_')
            plain += text[i];
        else if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1]))
            return std::nullopt;
    }
    if (plain.starts_with("+-")) return std::nullopt;
    return plain.front() == '+' ? plain.substr(1) : plain;
}

enum class Notation { none, whole, decimal };

Notation notation_of(std::string_view text) {
    const std::size_t begin = text.starts_with('-') ? 1 : 0;
    std::size_t at = skip_digits(text, begin);
    std::size_t digits = at - begin;
    if (at == text.size()) return digits > 0 ? Notation::whole : Notation::none;
    if (text[at] == '.') {
        const std::size_t end = skip_digits(text, at + 1);
        digits += end - at - 1;
        at = end;
    }
    if (digits == 0) return Notation::none;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        const std::size_t end = skip_digits(text, at);
        if (end == at) return Notation::none;
        at = end;
    }
    return at == text.size() ? Notation::decimal : Notation::none;
}

template <typename Whole>
std::optional<Whole> read_whole(const std::string& text) {
    Whole value = 0;
    const std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc()) return std::nullopt;
    return value;
}

}  // namespace

Json absolute_of(const Json& number) {
    if (number.is_number_float()) return std::fabs(number.get<double>());
    const Wide value = wide(number);
    return json_of(value < 0 ? -value : value);
}

Json ceiling_of(const Json& number) {
    return number.is_number_float() ? whole(std::ceil(number.get<double>())) : number;
}

Json floor_of(const Json& number) {
    return number.is_number_float() ? whole(std::floor(number.get<double>())) : number;
}

Json sum_of(const Json& numbers) {
    Wide exact = 0;
    std::optional<double> inexact;  // from the first number with a fraction on
    for (const Json& number : numbers) {
        if (inexact)
            *inexact += number.get<double>();
        else if (number.is_number_float())
            inexact = static_cast<double>(exact) + number.get<double>();
        else
            exact += wide(number);
    }
    return inexact ? Json(*inexact) : json_of(exact);
}

Json number_in(std::string_view text) {
    const std::optional<std::string> plain = without_decoration(text);
    const Notation notation = plain ? notation_of(*plain) : Notation::none;
    if (notation == Notation::none) return {};
    if (notation == Notation::whole) {
        if (const std::optional<std::int64_t> small = read_whole<std::int64_t>(*plain)) return *small;
        if (const std::optional<std::uint64_t> large = read_whole<std::uint64_t>(*plain)) return *large;
    }
    const double value = std::strtod(plain->c_str(), nullptr);
    return std::isfinite(value) ? Json(value) : Json();
}

}  // namespace azid::query
