// The parts of a condition after reading. For the condition_*.cpp files only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac::condition {

enum class Source { principal, resource, request, environment };
enum class ValueKind { text, number, date, boolean, guid };
enum class Test { equal, starts_with, like, matches, less, less_or_equal, greater, greater_or_equal };
enum class Quantifier { none, any_of_any, all_of_any, any_of_all, all_of_all };

struct Operator {
    std::string_view name;
    ValueKind kind;
    Test test;
    bool negated = false;
    bool ignores_case = false;
};

// By name, without case. Null when there is no such operator.
const Operator* find_operator(std::string_view name);
std::span<const Operator> all_operators();

// Whether the text can be read as a value of that kind.
bool is_value(ValueKind kind, std::string_view text);
// One value against another. False when either is no value of the operator's kind, negated or not.
bool compares(const Operator& how, std::string_view left, std::string_view right);

struct Operand {
    bool is_attribute = false;
    Source source = Source::resource;
    std::string attribute;  // the name in the brackets, without the marks around '$'
    bool key_is_case_sensitive = false;
    std::vector<std::string> values;  // of a literal
};

struct Node {
    enum class Kind { all, any, negation, comparison, exists, action_matches, sub_operation_matches };
    Kind kind = Kind::all;
    std::vector<Node> children;         // of all, any (two or more) and negation (one)
    std::vector<std::string> patterns;  // of action_matches and sub_operation_matches
    Operand left;                       // of a comparison; of exists the attribute
    Operand right;
    const Operator* how = nullptr;
    Quantifier quantifier = Quantifier::none;
};

struct Token {
    enum class Kind {
        open,
        close,
        open_set,
        close_set,
        comma,
        conjunction,
        disjunction,
        negation,
        attribute,
        text,
        word,
        end
    };
    Kind kind = Kind::end;
    std::string text;  // of text and word; of an attribute the name in the brackets
    Source source = Source::resource;
    std::size_t position = 0;  // where it begins, from 1
};

// Throws Error (fault::invalid_condition).
std::vector<Token> tokens_of(std::string_view text);
[[noreturn]] void refuse(std::size_t position, std::string_view problem);

}  // namespace azid::rbac::condition
