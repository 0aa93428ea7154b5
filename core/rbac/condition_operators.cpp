#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "core/rbac/condition_regex.hpp"
#include "core/rbac/condition_tree.hpp"

#include <charconv>
#include <optional>

namespace azid::rbac::condition {

namespace {

constexpr Operator operators[] = {
    {"StringEquals", ValueKind::text, Test::equal},
    {"StringEqualsIgnoreCase", ValueKind::text, Test::equal, false, true},
    {"StringNotEquals", ValueKind::text, Test::equal, true},
    {"StringNotEqualsIgnoreCase", ValueKind::text, Test::equal, true, true},
    {"StringStartsWith", ValueKind::text, Test::starts_with},
    {"StringStartsWithIgnoreCase", ValueKind::text, Test::starts_with, false, true},
    {"StringNotStartsWith", ValueKind::text, Test::starts_with, true},
    {"StringNotStartsWithIgnoreCase", ValueKind::text, Test::starts_with, true, true},
    {"StringLike", ValueKind::text, Test::like},
    {"StringLikeIgnoreCase", ValueKind::text, Test::like, false, true},
    {"StringNotLike", ValueKind::text, Test::like, true},
    {"StringNotLikeIgnoreCase", ValueKind::text, Test::like, true, true},
    {"StringMatches", ValueKind::text, Test::matches},
    {"StringMatchesIgnoreCase", ValueKind::text, Test::matches, false, true},
    {"StringNotMatches", ValueKind::text, Test::matches, true},
    {"StringNotMatchesIgnoreCase", ValueKind::text, Test::matches, true, true},
    {"NumericEquals", ValueKind::number, Test::equal},
    {"NumericNotEquals", ValueKind::number, Test::equal, true},
    {"NumericLessThan", ValueKind::number, Test::less},
    {"NumericLessThanEquals", ValueKind::number, Test::less_or_equal},
    {"NumericGreaterThan", ValueKind::number, Test::greater},
    {"NumericGreaterThanEquals", ValueKind::number, Test::greater_or_equal},
    {"DateTimeEquals", ValueKind::date, Test::equal},
    {"DateTimeNotEquals", ValueKind::date, Test::equal, true},
    {"DateTimeLessThan", ValueKind::date, Test::less},
    {"DateTimeLessThanEquals", ValueKind::date, Test::less_or_equal},
    {"DateTimeGreaterThan", ValueKind::date, Test::greater},
    {"DateTimeGreaterThanEquals", ValueKind::date, Test::greater_or_equal},
    {"BoolEquals", ValueKind::boolean, Test::equal},
    {"BoolNotEquals", ValueKind::boolean, Test::equal, true},
    {"GuidEquals", ValueKind::guid, Test::equal},
    {"GuidNotEquals", ValueKind::guid, Test::equal, true},
};

std::optional<double> number(std::string_view text) {
    text = trim(text);
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<bool> boolean(std::string_view text) {
    if (iequals(text, "true")) return true;
    if (iequals(text, "false")) return false;
    return std::nullopt;
}

// The 32 digits; GUIDs are written with and without hyphens in conditions. Empty when it is none.
std::string guid_digits(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (c != '-' && c != '{' && c != '}') digits += c;
    const bool hexadecimal = digits.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    return digits.size() == 32 && hexadecimal ? lower(digits) : std::string();
}

// Takes the backslash off "\*", "\?" and "\\" for the operators that know no wildcards.
std::string unescaped(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '\\' && i + 1 < text.size() &&
                            std::string_view("*?\\").find(text[i + 1]) != std::string_view::npos;
        if (escape) ++i;
        out += text[i];
    }
    return out;
}

// One element of a Like pattern at a position: a plain character, '?' or '*', and where the next one begins.
struct Element {
    char character;
    bool wild;
    size_t next;
};
Element element_at(std::string_view pattern, size_t at) {
    if (pattern[at] == '\\' && at + 1 < pattern.size()) return {pattern[at + 1], false, at + 2};
    return {pattern[at], pattern[at] == '*' || pattern[at] == '?', at + 1};
}

// Only the latest '*' is ever tried again, so the time is at most the product of both lengths.
bool is_like(std::string_view pattern, std::string_view text) {
    size_t in_pattern = 0;
    size_t in_text = 0;
    size_t after_star = std::string_view::npos;
    size_t retry_from = 0;
    while (in_text < text.size()) {
        const bool more = in_pattern < pattern.size();
        const Element element = more ? element_at(pattern, in_pattern) : Element{'\0', false, 0};
        if (more && element.wild && element.character == '*') {
            after_star = in_pattern = element.next;
            retry_from = in_text;
        } else if (more && (element.wild || element.character == text[in_text])) {
            in_pattern = element.next;
            ++in_text;
        } else if (after_star != std::string_view::npos) {
            in_pattern = after_star;
            in_text = ++retry_from;
        } else {
            return false;
        }
    }
    while (in_pattern < pattern.size() && element_at(pattern, in_pattern).wild && pattern[in_pattern] == '*')
        ++in_pattern;
    return in_pattern == pattern.size();
}

bool text_test(const Operator& how, std::string_view left_text, std::string_view right_text) {
    if (how.test == Test::matches) return regex_search(right_text, left_text, how.ignores_case);
    const std::string left = how.ignores_case ? lower(left_text) : std::string(left_text);
    const std::string right = how.ignores_case ? lower(right_text) : std::string(right_text);
    if (how.test == Test::like) return is_like(right, left);
    if (how.test == Test::starts_with) return left.starts_with(unescaped(right));
    return left == unescaped(right);
}

template <typename Value>
bool order_test(Test test, const Value& left, const Value& right) {
    switch (test) {
        case Test::less:
            return left < right;
        case Test::less_or_equal:
            return left <= right;
        case Test::greater:
            return left > right;
        case Test::greater_or_equal:
            return left >= right;
        default:
            return left == right;
    }
}

template <typename Value>
bool optional_test(const Operator& how, const std::optional<Value>& left, const std::optional<Value>& right) {
    return left && right && order_test(how.test, *left, *right) != how.negated;
}

}  // namespace

std::span<const Operator> all_operators() { return operators; }

const Operator* find_operator(std::string_view name) {
    for (const Operator& known : operators)
        if (iequals(known.name, name)) return &known;
    return nullptr;
}

bool is_value(ValueKind kind, std::string_view text) {
    switch (kind) {
        case ValueKind::number:
            return number(text).has_value();
        case ValueKind::date:
            return parse_utc(text).has_value();
        case ValueKind::boolean:
            return boolean(text).has_value();
        case ValueKind::guid:
            return !guid_digits(text).empty();
        case ValueKind::text:
            break;
    }
    return true;
}

bool compares(const Operator& how, std::string_view left, std::string_view right) {
    switch (how.kind) {
        case ValueKind::number:
            return optional_test(how, number(left), number(right));
        case ValueKind::date:
            return optional_test(how, parse_utc(left), parse_utc(right));
        case ValueKind::boolean:
            return optional_test(how, boolean(left), boolean(right));
        case ValueKind::guid: {
            const std::string one = guid_digits(left);
            const std::string other = guid_digits(right);
            return !one.empty() && !other.empty() && (one == other) != how.negated;
        }
        case ValueKind::text:
            break;
    }
    return text_test(how, left, right) != how.negated;
}

}  // namespace azid::rbac::condition
