// Splits a JMESPath expression into tokens.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace azid::query {

enum class TokenKind {
    end,
    unquoted_identifier,
    quoted_identifier,
    literal,     // between backticks: JSON
    raw_string,  // between apostrophes
    number,
    dot,
    star,
    comma,
    colon,
    current,
    left_parenthesis,
    right_parenthesis,
    left_brace,
    right_brace,
    left_bracket,
    right_bracket,
    flatten,
    filter,
    pipe,
    logical_or,
    logical_and,
    logical_not,
    reference,
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::string text;  // what it says: delimiters and the escapes of delimiters are gone
    std::size_t position = 0;
};

// All tokens, closed by one of kind `end`. Throws CompileError.
std::vector<Token> tokens_of(std::string_view expression);

}  // namespace azid::query
