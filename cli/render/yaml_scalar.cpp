#include "cli/render/yaml_scalar.hpp"

#include <algorithm>
#include <array>

namespace azid::render {

namespace {

constexpr std::array<std::u32string_view, 28> reserved{
    U"yes",   U"Yes",   U"YES", U"no", U"No",   U"NO",   U"true", U"True", U"TRUE", U"false",
    U"False", U"FALSE", U"on",  U"On", U"ON",   U"off",  U"Off",  U"OFF",  U"~",    U"null",
    U"Null",  U"NULL",  U"<<",  U"=",  U".nan", U".NaN", U".NAN", U"",
};

constexpr std::array<std::u32string_view, 3> infinities{U".inf", U".Inf", U".INF"};

// Reads a text from its beginning, piece by piece.
class Scanner {
  public:
    explicit Scanner(std::u32string_view text) : text_(text) {}

    bool at_end() const { return at_ == text_.size(); }
    bool at(char32_t point) const { return !at_end() && text_[at_] == point; }
    std::u32string_view rest() const { return text_.substr(at_); }
    bool one_of(std::u32string_view set) {
        if (at_end() || set.find(text_[at_]) == std::u32string_view::npos) return false;
        ++at_;
        return true;
    }
    size_t many_of(std::u32string_view set, size_t most = std::u32string_view::npos) {
        size_t count = 0;
        while (count < most && one_of(set)) ++count;
        return count;
    }
    bool exactly(size_t count, std::u32string_view set) { return many_of(set, count) == count; }

  private:
    std::u32string_view text_;
    size_t at_ = 0;
};

constexpr std::u32string_view digits = U"0123456789";
constexpr std::u32string_view digits_and_lines = U"0123456789_";

// The places after the first one of a sexagesimal number, 12:30:45; false when one of them is no number.
bool skip_sexagesimal(Scanner& scan) {
    while (scan.one_of(U":")) {
        Scanner pair = scan;
        if (pair.one_of(U"012345") && pair.one_of(digits)) {
            scan = pair;
        } else if (!scan.one_of(digits)) {
            return false;
        }
    }
    return true;
}

bool is_exponent_or_nothing(Scanner scan) {
    if (scan.at_end()) return true;
    return scan.one_of(U"eE") && scan.one_of(U"-+") && scan.many_of(digits) > 0 && scan.at_end();
}

bool is_float(std::u32string_view text) {
    Scanner scan(text);
    const bool is_signed = scan.one_of(U"-+");
    if (std::find(infinities.begin(), infinities.end(), scan.rest()) != infinities.end()) return true;
    if (!scan.one_of(digits)) {
        if (is_signed || !scan.one_of(U".") || !scan.one_of(digits)) return false;
        scan.many_of(digits_and_lines);
        return is_exponent_or_nothing(scan);
    }
    scan.many_of(digits_and_lines);
    const bool is_sexagesimal = scan.at(':');
    if (!skip_sexagesimal(scan) || !scan.one_of(U".")) return false;
    scan.many_of(digits_and_lines);
    return is_sexagesimal ? scan.at_end() : is_exponent_or_nothing(scan);
}

bool is_integer(std::u32string_view text) {
    Scanner scan(text);
    scan.one_of(U"-+");
    if (scan.one_of(U"0")) {
        if (scan.one_of(U"b")) return scan.many_of(U"01_") > 0 && scan.at_end();
        if (scan.one_of(U"x")) return scan.many_of(U"0123456789abcdefABCDEF_") > 0 && scan.at_end();
        scan.many_of(U"01234567_");
        return scan.at_end();
    }
    if (!scan.one_of(digits)) return false;
    scan.many_of(digits_and_lines);
    return skip_sexagesimal(scan) && scan.at_end();
}

bool is_zone_or_nothing(Scanner scan) {
    scan.many_of(U" \t");
    if (scan.at_end()) return true;
    if (scan.one_of(U"Z")) return scan.at_end();
    if (!scan.one_of(U"-+") || scan.many_of(digits, 2) == 0) return false;
    if (scan.at_end()) return true;
    return scan.one_of(U":") && scan.exactly(2, digits) && scan.at_end();
}

// 2020-01-01, and with a time 2020-1-1 as well: 2020-1-1T0:00:00.5 +01:00.
bool is_timestamp(std::u32string_view text) {
    Scanner scan(text);
    if (!scan.exactly(4, digits) || !scan.one_of(U"-")) return false;
    const size_t month = scan.many_of(digits, 2);
    if (month == 0 || !scan.one_of(U"-")) return false;
    const size_t day = scan.many_of(digits, 2);
    if (day == 0) return false;
    if (scan.at_end()) return month == 2 && day == 2;
    if (!scan.one_of(U"Tt") && scan.many_of(U" \t") == 0) return false;
    if (scan.many_of(digits, 2) == 0 || !scan.one_of(U":") || !scan.exactly(2, digits)) return false;
    if (!scan.one_of(U":") || !scan.exactly(2, digits)) return false;
    if (scan.one_of(U".")) scan.many_of(digits);
    return is_zone_or_nothing(scan);
}

bool is_blank_or_break(char32_t point) {
    return point == 0 || point == ' ' || point == '\t' || point == '\r' || is_yaml_break(point);
}

bool is_special(char32_t point) {
    if (point == '\n' || (point >= ' ' && point <= '~')) return false;
    const bool is_text = point == 0x85 || (point >= 0xA0 && point <= 0xD7FF) ||
                         (point >= 0xE000 && point <= 0xFFFD) || (point >= 0x10000 && point < 0x10FFFF);
    return !is_text || point == 0xFEFF;
}

// Characters that mean something to YAML where they stand.
bool is_indicator(std::u32string_view text, size_t at) {
    constexpr std::u32string_view leading = U"#,[]{}&*!|>'\"%@`";
    const char32_t point = text[at];
    const bool before_blank = at + 1 >= text.size() || is_blank_or_break(text[at + 1]);
    if (at == 0)
        return leading.find(point) != std::u32string_view::npos ||
               ((point == '?' || point == ':' || point == '-') && before_blank);
    return (point == ':' && before_blank) || (point == '#' && is_blank_or_break(text[at - 1]));
}

}  // namespace

bool is_yaml_break(char32_t point) {
    return point == '\n' || point == 0x85 || point == 0x2028 || point == 0x2029;
}

ScalarTraits traits_of(std::u32string_view text) {
    ScalarTraits traits;
    if (text.empty()) return traits;
    const auto is_blank = [](char32_t point) { return point == ' ' || is_yaml_break(point); };
    if (text.starts_with(U"---") || text.starts_with(U"...")) traits.plain_allowed = false;
    if (is_blank(text.front()) || is_blank(text.back())) traits.plain_allowed = false;
    for (size_t at = 0; at < text.size(); ++at) {
        const char32_t point = text[at];
        const bool is_break = is_yaml_break(point);
        traits.multiline |= is_break;
        const bool meets_break =
            at > 0 && ((point == ' ' && is_yaml_break(text[at - 1])) || (is_break && text[at - 1] == ' '));
        if (meets_break || is_special(point)) traits.single_allowed = false;
        if (is_indicator(text, at)) traits.plain_allowed = false;
    }
    if (traits.multiline || !traits.single_allowed) traits.plain_allowed = false;
    return traits;
}

bool reads_as_another_type(std::u32string_view text) {
    if (std::find(reserved.begin(), reserved.end(), text) != reserved.end()) return true;
    if (std::u32string_view(U"+-.0123456789").find(text[0]) == std::u32string_view::npos) return false;
    return is_float(text) || is_integer(text) || is_timestamp(text);
}

ScalarStyle style_of(std::u32string_view text, const ScalarTraits& traits, bool is_simple_key) {
    if (traits.plain_allowed && !reads_as_another_type(text) && !(is_simple_key && traits.multiline))
        return ScalarStyle::plain;
    if (traits.single_allowed && !(is_simple_key && traits.multiline)) return ScalarStyle::single_quoted;
    return ScalarStyle::double_quoted;
}

}  // namespace azid::render
