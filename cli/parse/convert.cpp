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

}  // namespace azid::parse
