#include "core/query/lexer.hpp"

#include "core/base/text.hpp"
#include "core/query/jmespath.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace azid::query {
namespace {

struct Symbol {
    std::string_view text;
    TokenKind kind;
};

// Longer symbols stand before those they begin with. "=" alone is no symbol.
constexpr Symbol symbols[] = {
    {"[]", TokenKind::flatten},
    {"[?", TokenKind::filter},
    {"||", TokenKind::logical_or},
    {"&&", TokenKind::logical_and},
    {"==", TokenKind::equal},
    {"!=", TokenKind::not_equal},
    {"<=", TokenKind::less_or_equal},
    {">=", TokenKind::greater_or_equal},
    {"<", TokenKind::less},
    {">", TokenKind::greater},
    {"!", TokenKind::logical_not},
    {"|", TokenKind::pipe},
    {"&", TokenKind::reference},
    {".", TokenKind::dot},
    {"*", TokenKind::star},
    {",", TokenKind::comma},
    {":", TokenKind::colon},
    {"@", TokenKind::current},
    {"(", TokenKind::left_parenthesis},
    {")", TokenKind::right_parenthesis},
    {"{", TokenKind::left_brace},
    {"}", TokenKind::right_brace},
    {"[", TokenKind::left_bracket},
    {"]", TokenKind::right_bracket},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool continues_name(char c) { return begins_name(c) || is_digit(c); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        std::vector<Token> tokens;
        while (true) {
            while (position_ < text_.size() && is_space(text_[position_])) ++position_;
            if (position_ == text_.size()) break;
            tokens.push_back(next());
        }
        tokens.push_back({TokenKind::end, "", text_.size()});
        return tokens;
    }

  private:
    Token next() {
        const std::size_t start = position_;
        const char first = text_[start];
        if (begins_name(first)) return {TokenKind::unquoted_identifier, run_of(continues_name), start};
        if (is_digit(first)) return {TokenKind::number, run_of(is_digit), start};
        if (first == '-') return negative_number();
        if (first == '\'') return {TokenKind::raw_string, delimited('\''), start};
        if (first == '`') return {TokenKind::literal, delimited('`'), start};
        if (first == '"') return {TokenKind::quoted_identifier, quoted_name(), start};
        const Symbol* symbol = std::find_if(
            std::begin(symbols), std::end(symbols),
            [&](const Symbol& candidate) { return text_.substr(start).starts_with(candidate.text); });
        if (symbol == std::end(symbols))
            fail(start, fmt::format("Unknown token '{}'", first_character(start)));
        position_ += symbol->text.size();
        return {symbol->kind, std::string(symbol->text), start};
    }

    std::string run_of(bool (*belongs)(char)) {
        const std::size_t start = position_;
        while (position_ < text_.size() && belongs(text_[position_])) ++position_;
        return std::string(text_.substr(start, position_ - start));
    }

    std::string_view first_character(std::size_t start) const {
        std::size_t end = start + 1;
        while (end < text_.size() && (text_[end] & 0xC0) == 0x80) ++end;
        return text_.substr(start, end - start);
    }

    Token negative_number() {
        const std::size_t start = position_++;
        const std::string digits = run_of(is_digit);
        if (digits.empty()) fail(start, "Unknown token '-'");
        return {TokenKind::number, "-" + digits, start};
    }

    // What stands between two delimiters. A backslash keeps the next character from ending it; only an
    // escaped delimiter loses its backslash, so '\\' is two characters, as jmespath.py 1.0 has it.
    std::string delimited(char delimiter) {
        return replace_all(raw(delimiter), {escape(delimiter), 2}, {&delimiter, 1});
    }

    static const char* escape(char delimiter) { return delimiter == '`' ? "\\`" : "\\'"; }

    std::string raw(char delimiter) {
        const std::size_t start = position_++;
        while (position_ < text_.size() && text_[position_] != delimiter) {
            if (text_[position_] == '\\') ++position_;
            ++position_;
        }
        if (position_ >= text_.size()) fail(start, fmt::format("Unclosed {} delimiter", delimiter));
        return std::string(text_.substr(start + 1, position_++ - start - 1));
    }

    std::string quoted_name() {
        const std::size_t start = position_;
        const Json name = Json::parse('"' + raw('"') + '"', nullptr, false);
        if (!name.is_string()) fail(start, "Not a quoted identifier");
        return name.get<std::string>();
    }

    [[noreturn]] static void fail(std::size_t position, std::string_view what) {
        throw CompileError(fmt::format("Bad jmespath expression: {} at column {}", what, position));
    }

    std::string_view text_;
    std::size_t position_ = 0;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view expression) { return Lexer(expression).run(); }

}  // namespace azid::query
