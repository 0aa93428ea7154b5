#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/condition.hpp"
#include "core/rbac/condition_regex.hpp"
#include "core/rbac/condition_tree.hpp"

#include <fmt/format.h>

#include <utility>

namespace azid::rbac {

namespace condition { namespace {

constexpr int deepest_nesting = 200;
constexpr std::string_view case_sensitive_key = "$key_case_sensitive$";

struct QuantifierName {
    std::string_view name;
    Quantifier quantifier;
};
constexpr QuantifierName quantifiers[] = {{"ForAnyOfAnyValues", Quantifier::any_of_any},
                                          {"ForAllOfAnyValues", Quantifier::all_of_any},
                                          {"ForAnyOfAllValues", Quantifier::any_of_all},
                                          {"ForAllOfAllValues", Quantifier::all_of_all}};

std::string_view kind_name(ValueKind kind) {
    switch (kind) {
        case ValueKind::number:
            return "a number";
        case ValueKind::date:
            return "a date such as '2025-01-02T03:04:05Z'";
        case ValueKind::boolean:
            return "true or false";
        case ValueKind::guid:
            return "a GUID";
        case ValueKind::text:
            break;
    }
    return "a text in single quotes";
}

// disjunction := conjunction (OR conjunction)*; conjunction := unit (AND unit)*; unit := NOT unit |
// (disjunction) | test
class Parser {
  public:
    explicit Parser(std::string_view text) : tokens_(tokens_of(text)) {}

    Node whole() {
        if (is(Token::Kind::end)) refuse(1, "it is empty");
        Node root = disjunction();
        if (!is(Token::Kind::end)) refuse(here().position, "AND, OR or the end was expected");
        return root;
    }

  private:
    const Token& here() const { return tokens_[at_]; }
    bool is(Token::Kind kind) const { return here().kind == kind; }
    bool is_word(std::string_view word) const { return is(Token::Kind::word) && iequals(here().text, word); }
    Token take() { return tokens_[at_++]; }
    bool took(Token::Kind kind) {
        if (!is(kind)) return false;
        ++at_;
        return true;
    }
    void expect(Token::Kind kind, std::string_view what) {
        if (!took(kind)) refuse(here().position, fmt::format("{} was expected", what));
    }

    template <typename Part>
    Node chain(Node::Kind kind, Token::Kind separator, Part part) {
        Node first = part();
        if (!is(separator)) return first;
        Node node;
        node.kind = kind;
        node.children.push_back(std::move(first));
        while (took(separator)) node.children.push_back(part());
        return node;
    }
    Node disjunction() {
        return chain(Node::Kind::any, Token::Kind::disjunction, [this] { return conjunction(); });
    }
    Node conjunction() {
        return chain(Node::Kind::all, Token::Kind::conjunction, [this] { return unit(); });
    }

    Node unit() {
        if (++depth_ > deepest_nesting) refuse(here().position, "it is nested too deeply");
        Node node;
        if (took(Token::Kind::negation)) {
            node.kind = Node::Kind::negation;
            node.children.push_back(unit());
        } else if (took(Token::Kind::open)) {
            node = disjunction();
            expect(Token::Kind::close, "')'");
        } else {
            node = test();
        }
        --depth_;
        return node;
    }

    Node test() {
        Node node;
        if (is_word("ActionMatches") || is_word("SubOperationMatches")) {
            node.kind =
                is_word("ActionMatches") ? Node::Kind::action_matches : Node::Kind::sub_operation_matches;
            take();
            if (!is(Token::Kind::open_set))
                refuse(here().position, "'{' was expected, as in ActionMatches{'...'}");
            node.patterns = literal().values;
        } else if (is_word("Exists")) {
            take();
            node.kind = Node::Kind::exists;
            node.left = operand();
            if (!node.left.is_attribute)
                refuse(here().position, "Exists takes an attribute, as in Exists @Request[...]");
        } else if (is_truth()) {
            // "true" alone: everything of nothing; "false": something of nothing.
            node.kind = boolean_word() ? Node::Kind::all : Node::Kind::any;
        } else {
            node = comparison();
        }
        return node;
    }

    // Whether a truth value stands here by itself and is not the left side of a comparison.
    bool is_truth() const {
        if (!is_word("true") && !is_word("false")) return false;
        return tokens_[at_ + 1].kind != Token::Kind::word;
    }
    bool boolean_word() { return iequals(take().text, "true"); }

    Node comparison() {
        Node node;
        node.kind = Node::Kind::comparison;
        const size_t left_at = here().position;
        node.left = operand();
        const Token name = take();
        if (name.kind != Token::Kind::word)
            refuse(name.position, "an operator such as StringEquals was expected");
        const size_t colon = name.text.find(':');
        if (colon != std::string::npos) {
            const std::string_view before = std::string_view(name.text).substr(0, colon);
            for (const QuantifierName& known : quantifiers)
                if (iequals(known.name, before)) node.quantifier = known.quantifier;
            if (node.quantifier == Quantifier::none)
                refuse(name.position,
                       fmt::format("'{}' is none of ForAnyOfAnyValues, ForAllOfAnyValues, ForAnyOfAllValues "
                                   "and ForAllOfAllValues",
                                   before));
        }
        const std::string plain = colon == std::string::npos ? name.text : name.text.substr(colon + 1);
        node.how = find_operator(plain);
        if (node.how == nullptr)
            refuse(name.position, fmt::format("'{}' is no operator of conditions", plain));
        const size_t right_at = here().position;
        node.right = operand();
        check(node.left, *node.how, left_at);
        check(node.right, *node.how, right_at);
        if (node.how->test == Test::matches)
            for (const std::string& pattern : node.right.values) check_regex(pattern);
        return node;
    }

    void check(const Operand& operand, const Operator& how, size_t position) {
        for (const std::string& value : operand.values)
            if (!is_value(how.kind, value))
                refuse(position, fmt::format("{} compares with {}, and '{}' is none", how.name,
                                             kind_name(how.kind), value));
    }

    Operand operand() {
        if (!is(Token::Kind::attribute)) return literal();
        const Token token = take();
        Operand operand;
        operand.is_attribute = true;
        operand.source = token.source;
        operand.attribute = token.text;
        // "tags:Project<$key_case_sensitive$>": the mark is no part of the name.
        const size_t mark = operand.attribute.find('<');
        if (mark != std::string::npos) {
            const std::string_view inside = std::string_view(operand.attribute).substr(mark + 1);
            if (!inside.ends_with('>') || !iequals(inside.substr(0, inside.size() - 1), case_sensitive_key))
                refuse(token.position, "after an attribute's key only <$key_case_sensitive$> may follow");
            operand.key_is_case_sensitive = true;
            operand.attribute.resize(mark);
        }
        return operand;
    }

    Operand literal() {
        Operand operand;
        if (!took(Token::Kind::open_set)) {
            operand.values.push_back(value());
            return operand;
        }
        do operand.values.push_back(value());
        while (took(Token::Kind::comma));
        expect(Token::Kind::close_set, "',' or '}'");
        return operand;
    }

    std::string value() {
        if (!is(Token::Kind::text) && !is(Token::Kind::word))
            refuse(here().position, "a value or an attribute was expected");
        const Token token = take();
        const bool bare = is_value(ValueKind::number, token.text) ||
                          is_value(ValueKind::boolean, token.text) || is_value(ValueKind::guid, token.text);
        if (token.kind == Token::Kind::word && !bare)
            refuse(token.position,
                   fmt::format("'{}' is no value: texts stand in single quotes, attributes in @Resource[...]",
                               token.text));
        return token.text;
    }

    std::vector<Token> tokens_;
    size_t at_ = 0;
    int depth_ = 0;
};

}}  // namespace condition

Condition::Condition(std::shared_ptr<const condition::Node> root) : root_(std::move(root)) {}
Condition::~Condition() = default;

Condition Condition::parse(std::string_view text) {
    if (text.size() > longest_condition)
        throw Error(fault::invalid_condition,
                    fmt::format("The condition is {} characters long. It may have at most {}.", text.size(),
                                longest_condition));
    return Condition(std::make_shared<const condition::Node>(condition::Parser(text).whole()));
}

}  // namespace azid::rbac
