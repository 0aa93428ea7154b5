#include "core/arm/templates/expression.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace azid::arm::templates {

namespace {

constexpr int deepest = 100;

struct Punctuation {
    char sign;
    std::string_view name;
};
constexpr Punctuation punctuation[] = {
    {'(', "LeftParenthesis"},
    {')', "RightParenthesis"},
    {'[', "LeftSquareBracket"},
    {']', "RightSquareBracket"},
    {',', "Comma"},
    {'.', "Dot"},
};

bool starts_name(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; }
bool is_name_character(char c) { return starts_name(c) || std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool starts_number(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '+';
}

class Parser {
  public:
    explicit Parser(std::string_view whole) : whole_(whole), text_(whole.substr(1, whole.size() - 2)) {}

    Expression parse() {
        Expression expression = read(0);
        skip_blank();
        if (at_ < text_.size()) refuse("EndOfData");
        return expression;
    }

  private:
    [[noreturn]] void refuse(std::string_view expected) const {
        throw Error(
            fault::invalid_template,
            fmt::format("Unable to parse language expression '{}': expected token '{}' and actual '{}'.",
                        whole_.substr(1, whole_.size() - 2), expected, name_of_token()));
    }

    std::string_view name_of_token() const {
        if (at_ >= text_.size()) return "EndOfData";
        const char c = text_[at_];
        for (const Punctuation& known : punctuation)
            if (known.sign == c) return known.name;
        if (c == '\'') return "Literal";
        if (starts_number(c)) return "Integer";
        return starts_name(c) ? "Identifier" : "Unknown";
    }

    void skip_blank() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }

    bool found(char sign) {
        skip_blank();
        if (at_ >= text_.size() || text_[at_] != sign) return false;
        ++at_;
        return true;
    }

    void expect(char sign, std::string_view name) {
        if (!found(sign)) refuse(name);
    }

    Expression read(int depth) {
        if (depth > deepest)
            throw Error(fault::invalid_template,
                        "The template language expression is nested more deeply than azid reads.");
        Expression subject = read_primary(depth);
        for (;;) {
            if (found('.')) {
                const bool safe = found('?');
                Expression member{Expression::Kind::member, read_name(), 0, safe, {}};
                member.parts.push_back(std::move(subject));
                subject = std::move(member);
            } else if (found('[')) {
                const bool safe = found('?');
                Expression index{Expression::Kind::index, "", 0, safe, {}};
                index.parts.push_back(std::move(subject));
                index.parts.push_back(read(depth + 1));
                expect(']', "RightSquareBracket");
                subject = std::move(index);
            } else {
                return subject;
            }
        }
    }

    Expression read_primary(int depth) {
        skip_blank();
        const char c = at_ < text_.size() ? text_[at_] : '\0';
        if (c == '\'') return read_literal();
        if (starts_number(c)) return read_number();
        if (!starts_name(c)) refuse("Literal");
        Expression call{Expression::Kind::call, read_name(), 0, false, {}};
        while (found('.')) call.text += "." + read_name();
        expect('(', "LeftParenthesis");
        if (found(')')) return call;
        do call.parts.push_back(read(depth + 1));
        while (found(','));
        expect(')', "RightParenthesis");
        return call;
    }

    std::string read_name() {
        skip_blank();
        if (at_ >= text_.size() || !starts_name(text_[at_])) refuse("Identifier");
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_name_character(text_[at_])) ++at_;
        return std::string(text_.substr(begin, at_ - begin));
    }

    // 'it''s': a quote inside is written twice.
    Expression read_literal() {
        Expression literal;
        for (++at_;; ++at_) {
            if (at_ >= text_.size()) refuse("Literal");
            if (text_[at_] == '\'') {
                ++at_;
                if (at_ >= text_.size() || text_[at_] != '\'') return literal;
            }
            literal.text += text_[at_];
        }
    }

    Expression read_number() {
        Expression number{Expression::Kind::number, "", 0, false, {}};
        if (text_[at_] == '+') ++at_;
        const char* const begin = text_.data() + at_;
        const char* const end = text_.data() + text_.size();
        const std::from_chars_result read = std::from_chars(begin, end, number.number);
        if (read.ec != std::errc()) refuse("Integer");
        at_ += static_cast<std::size_t>(read.ptr - begin);
        return number;
    }

    std::string_view whole_;
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

bool is_expression(std::string_view text) {
    return text.size() >= 2 && text.front() == '[' && text.back() == ']' && text[1] != '[';
}

std::string literal(std::string_view text) {
    const bool escaped = text.starts_with("[[") && text.ends_with(']');
    return std::string(escaped ? text.substr(1) : text);
}

Expression parse_expression(std::string_view text) { return Parser(text).parse(); }

bool calls(const Expression& expression, bool (*is_wanted)(std::string_view)) {
    if (expression.kind == Expression::Kind::call && is_wanted(expression.text)) return true;
    return std::any_of(expression.parts.begin(), expression.parts.end(),
                       [&](const Expression& part) { return calls(part, is_wanted); });
}

}  // namespace azid::arm::templates
