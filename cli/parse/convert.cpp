#include "cli/parse/convert.hpp"

#include "cli/spec/check.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <cstdlib>

namespace azid::parse {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Without the underscores that Python allows between digits; empty when one stands elsewhere.
std::optional<std::string> without_underscores(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_') {
            plain += text[i];
            continue;
        }
        if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) return {};
    }
    return plain;
}

// Takes a number of one to most digits within the bounds off the front; false when there is none.
bool take_number(std::string_view& text, std::size_t most, int low, int high) {
    std::size_t digits = 0;
    int number = 0;
    while (digits < most && digits < text.size() && is_digit(text[digits]))
        number = number * 10 + (text[digits++] - '0');
    text.remove_prefix(digits);
    return digits > 0 && number >= low && number <= high;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

// "2025-01-02T03:04:05Z", where seconds and minutes may be missing, or "2025-01-02" (az's datetime_type).
bool is_datetime(std::string_view text) {
    if (text.size() < 5 || !take_number(text, 4, 1, 9999)) return false;
    if (!take(text, '-') || !take_number(text, 2, 1, 12)) return false;
    if (!take(text, '-') || !take_number(text, 2, 1, 31)) return false;
    if (!take(text, 'T')) return text.empty();
    if (!take_number(text, 2, 0, 23)) return false;
    if (take(text, ':') && !take_number(text, 2, 0, 59)) return false;
    if (take(text, ':') && !take_number(text, 2, 0, 61)) return false;
    return text == "Z";
}

}  // namespace

std::vector<std::string> choices_of(const spec::Option& option) {
    std::vector<std::string> choices;
    std::string_view words = option.choices;
    if (words.empty() && option.arity == spec::Arity::three_state) words = "true false";
    for (std::string_view word = spec::next_word(words); !word.empty(); word = spec::next_word(words))
        choices.emplace_back(word);
    return choices;
}

std::optional<std::string> plain_integer(const std::string& text) {
    std::optional<std::string> digits = without_underscores(trim(text));
    if (!digits) return {};
    const bool negative = digits->starts_with('-');
    if (negative || digits->starts_with('+')) digits->erase(0, 1);
    if (digits->empty() || !std::all_of(digits->begin(), digits->end(), is_digit)) return {};
    digits->erase(0, std::min(digits->find_first_not_of('0'), digits->size() - 1));
    return (negative && *digits != "0" ? "-" : "") + *digits;
}

std::optional<std::string> plain_real(const std::string& text) {
    const std::optional<std::string> plain = without_underscores(trim(text));
    if (!plain || plain->empty() || plain->find_first_of("xXpP ") != std::string::npos) return {};
    char* end = nullptr;
    std::strtod(plain->c_str(), &end);
    if (end != plain->c_str() + plain->size()) return {};
    return plain;
}

std::optional<std::string> plain_value(spec::ValueType type, const std::string& text) {
    switch (type) {
        case spec::ValueType::integer:
            return plain_integer(text);
        case spec::ValueType::real:
            return plain_real(text);
        case spec::ValueType::datetime:
            return is_datetime(text) ? std::optional<std::string>(text) : std::nullopt;
        case spec::ValueType::text:
            break;
    }
    return text;
}

}  // namespace azid::parse
