#include "core/query/parser.hpp"

#include "core/query/jmespath.hpp"
#include "core/query/lexer.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <utility>

namespace azid::query {
namespace {

// How strongly a token binds what stands to its left. Powers below projection_stop end a projection.
constexpr int projection_stop = 10;
constexpr int star_power = 20;
constexpr int dot_power = 40;
constexpr int not_power = 45;

struct Power {
    TokenKind token;
    int power;
};

constexpr Power powers[] = {
    {TokenKind::pipe, 1},
    {TokenKind::logical_or, 2},
    {TokenKind::logical_and, 3},
    {TokenKind::equal, 5},
    {TokenKind::not_equal, 5},
    {TokenKind::less, 5},
    {TokenKind::less_or_equal, 5},
    {TokenKind::greater, 5},
    {TokenKind::greater_or_equal, 5},
    {TokenKind::flatten, 9},
    {TokenKind::star, star_power},
    {TokenKind::filter, 21},
    {TokenKind::dot, dot_power},
    {TokenKind::logical_not, not_power},
    {TokenKind::left_brace, 50},
    {TokenKind::left_bracket, 55},
    {TokenKind::left_parenthesis, 60},
};

constexpr int power_of(TokenKind kind) {
    for (const Power& row : powers)
        if (row.token == kind) return row.power;
    return 0;
}

constexpr std::pair<TokenKind, NodeKind> binary_operators[] = {
    {TokenKind::pipe, NodeKind::chain},
    {TokenKind::logical_or, NodeKind::logical_or},
    {TokenKind::logical_and, NodeKind::logical_and},
    {TokenKind::equal, NodeKind::equal},
    {TokenKind::not_equal, NodeKind::not_equal},
    {TokenKind::less, NodeKind::less},
    {TokenKind::less_or_equal, NodeKind::less_or_equal},
    {TokenKind::greater, NodeKind::greater},
    {TokenKind::greater_or_equal, NodeKind::greater_or_equal},
};

[[noreturn]] void fail_too_deep() { throw CompileError("Invalid jmespath expression: nested too deeply"); }

// Between backticks stands JSON; what is no JSON is taken as the inside of a JSON string (JEP 12's old form).
Json literal_value(const std::string& text) {
    bool too_deep = false;
    const Json::parser_callback_t within_depth = [&](int depth, Json::parse_event_t, Json&) {
        too_deep = too_deep || depth > deepest_nesting;
        return !too_deep;
    };
    Json value = Json::parse(text, within_depth, false);
    if (too_deep) fail_too_deep();
    if (!value.is_discarded()) return value;
    const std::size_t begin = std::min(text.find_first_not_of(" \t\n\r\v\f"), text.size());
    value = Json::parse('"' + text.substr(begin) + '"', nullptr, false);
    if (value.is_discarded()) throw CompileError(fmt::format("Bad jmespath expression: Bad token {}", text));
    return value;
}

// Beyond 64 bits the nearest number stands in: no list is that long.
std::int64_t number_of(const std::string& digits) {
    std::int64_t value = 0;
    const std::from_chars_result read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec == std::errc()) return value;
    using Limits = std::numeric_limits<std::int64_t>;
    return digits.front() == '-' ? Limits::min() : Limits::max();
}

template <typename... Children>
Node node_of(NodeKind kind, Children&&... children) {
    Node node(kind);
    node.children.reserve(sizeof...(children));
    (node.children.push_back(std::forward<Children>(children)), ...);
    return node;
}

// Sets the depth of a node whose children are complete.
Node closed(Node node) {
    for (const Node& child : node.children) node.depth = std::max(node.depth, child.depth + 1);
    if (node.depth > deepest_nesting) fail_too_deep();
    return node;
}

Node current_node() { return Node(NodeKind::current); }

Node named(NodeKind kind, std::string text) {
    Node node(kind);
    node.text = std::move(text);
    return node;
}

Node literal_node(Json value) {
    Node node(NodeKind::literal);
    node.literal = std::make_unique<Json>(std::move(value));
    return node;
}

class Parser {
  public:
    explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    Node run() {
        Node root = expression(0);
        if (kind() != TokenKind::end) fail("Unexpected token");
        return root;
    }

  private:
    const Token& token(std::size_t ahead = 0) const {
        return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
    }
    TokenKind kind(std::size_t ahead = 0) const { return token(ahead).kind; }
    Token take() {
        Token taken = token();
        if (next_ + 1 < tokens_.size()) ++next_;
        return taken;
    }
    bool take_if(TokenKind wanted) {
        if (kind() != wanted) return false;
        take();
        return true;
    }
    void expect(TokenKind wanted) {
        if (!take_if(wanted)) fail("Unexpected token");
    }

    [[noreturn]] void fail(std::string_view what) const {
        if (kind() == TokenKind::end)
            throw CompileError("Invalid jmespath expression: Incomplete expression");
        throw CompileError(
            fmt::format("{}: Parse error at column {}, token \"{}\"", what, token().position, token().text));
    }

    // An expression up to the first token that binds no stronger than `power`.
    Node expression(int power) {
        if (++nesting_ > deepest_nesting) fail_too_deep();
        Node left = closed(prefix());
        while (power < power_of(kind())) left = closed(infix(std::move(left)));
        --nesting_;
        return left;
    }

    Node prefix() {
        switch (kind()) {
            case TokenKind::literal:
                return literal_node(literal_value(take().text));
            case TokenKind::raw_string:
                return literal_node(take().text);
            case TokenKind::unquoted_identifier:
                return named(NodeKind::field, take().text);
            case TokenKind::quoted_identifier:
                return quoted_field();
            case TokenKind::current:
                take();
                return current_node();
            case TokenKind::star:
                take();
                return star_prefix();
            case TokenKind::filter:
                take();
                return filter(current_node());
            case TokenKind::flatten:
                take();
                return flatten(current_node());
            case TokenKind::left_bracket:
                take();
                return bracket_prefix();
            case TokenKind::left_brace:
                take();
                return multi_select_hash();
            case TokenKind::left_parenthesis:
                take();
                return parenthesized();
            case TokenKind::logical_not:
                take();
                return node_of(NodeKind::logical_not, expression(not_power));
            case TokenKind::reference:
                take();
                return node_of(NodeKind::reference, expression(0));
            default:
                fail("invalid token");
        }
    }

    Node infix(Node left) {
        switch (kind()) {
            case TokenKind::dot:
                take();
                return dot(std::move(left));
            case TokenKind::filter:
                take();
                return filter(std::move(left));
            case TokenKind::flatten:
                take();
                return flatten(std::move(left));
            case TokenKind::left_bracket:
                take();
                return bracket(std::move(left));
            case TokenKind::left_parenthesis:
                return call(std::move(left));
            default:
                break;
        }
        for (const auto& [token_kind, node_kind] : binary_operators)
            if (kind() == token_kind) {
                const int power = power_of(take().kind);
                return node_of(node_kind, std::move(left), expression(power));
            }
        fail("invalid token");
    }

    Node quoted_field() {
        Node field = named(NodeKind::field, take().text);
        if (kind() == TokenKind::left_parenthesis) fail("Quoted identifier not allowed for function names");
        return field;
    }

    Node star_prefix() {
        Node each = kind() == TokenKind::right_bracket ? current_node() : projected(star_power);
        return node_of(NodeKind::value_projection, current_node(), std::move(each));
    }

    Node parenthesized() {
        Node inside = expression(0);
        expect(TokenKind::right_parenthesis);
        return inside;
    }

    Node bracket_prefix() {
        if (kind() == TokenKind::number || kind() == TokenKind::colon) return indexed(current_node());
        if (kind() == TokenKind::star && kind(1) == TokenKind::right_bracket)
            return list_projection(current_node());
        return multi_select_list();
    }

    Node bracket(Node left) {
        if (kind() == TokenKind::number || kind() == TokenKind::colon) return indexed(std::move(left));
        return list_projection(std::move(left));
    }

    Node list_projection(Node left) {
        expect(TokenKind::star);
        expect(TokenKind::right_bracket);
        return node_of(NodeKind::projection, std::move(left), projected(star_power));
    }

    // A slice projects, except right behind an index or another bracket: there jmespath.py, and so az, goes
    // on with the list itself ("a[0][0:2].b" is null).
    Node indexed(Node left) {
        const bool is_slice = kind() == TokenKind::colon || kind(1) == TokenKind::colon;
        const bool projects = is_slice && left.kind != NodeKind::index_chain;
        Node part = is_slice ? slice() : index();
        Node found = closed(node_of(NodeKind::index_chain, std::move(left), std::move(part)));
        if (!projects) return found;
        return node_of(NodeKind::projection, std::move(found), projected(star_power));
    }

    Node index() {
        Node node(NodeKind::index);
        node.start = number_of(take().text);
        expect(TokenKind::right_bracket);
        return node;
    }

    Node slice() {
        Node node(NodeKind::slice);
        std::optional<std::int64_t>* parts[] = {&node.start, &node.stop, &node.step};
        std::size_t part = 0;
        while (kind() != TokenKind::right_bracket) {
            if (kind() == TokenKind::number)
                *parts[part] = number_of(take().text);
            else if (kind() == TokenKind::colon && ++part < std::size(parts))
                take();
            else
                fail("syntax error");
        }
        expect(TokenKind::right_bracket);
        return node;
    }

    Node filter(Node left) {
        Node condition = expression(0);
        expect(TokenKind::right_bracket);
        Node each = kind() == TokenKind::flatten ? current_node() : projected(power_of(TokenKind::filter));
        return node_of(NodeKind::filter_projection, std::move(left), std::move(each), std::move(condition));
    }

    Node flatten(Node left) {
        Node flat = closed(node_of(NodeKind::flatten, std::move(left)));
        return node_of(NodeKind::projection, std::move(flat), projected(power_of(TokenKind::flatten)));
    }

    Node dot(Node left) {
        if (!take_if(TokenKind::star)) return node_of(NodeKind::chain, std::move(left), after_dot(dot_power));
        return node_of(NodeKind::value_projection, std::move(left), projected(dot_power));
    }

    // What a projection does with each element: everything up to a token that stops projections.
    Node projected(int power) {
        if (power_of(kind()) < projection_stop) return current_node();
        if (kind() == TokenKind::left_bracket || kind() == TokenKind::filter) return expression(power);
        if (take_if(TokenKind::dot)) return after_dot(power);
        fail("syntax error");
    }

    Node after_dot(int power) {
        switch (kind()) {
            case TokenKind::quoted_identifier:
            case TokenKind::unquoted_identifier:
            case TokenKind::star:
                return expression(power);
            case TokenKind::left_bracket:
                take();
                return closed(multi_select_list());
            case TokenKind::left_brace:
                take();
                return closed(multi_select_hash());
            default:
                fail("Expected an identifier, '*', '[' or '{' after '.'");
        }
    }

    Node multi_select_list() {
        Node node(NodeKind::list);
        do node.children.push_back(expression(0));
        while (take_if(TokenKind::comma));
        expect(TokenKind::right_bracket);
        return node;
    }

    // jmespath.py does not insist on the comma between two pairs, nor between two arguments of a function,
    // and takes one behind the last argument; az accepts what it accepts.
    Node multi_select_hash() {
        Node node(NodeKind::hash);
        do {
            if (kind() != TokenKind::quoted_identifier && kind() != TokenKind::unquoted_identifier)
                fail("Expected a key");
            Node pair = named(NodeKind::pair, take().text);
            expect(TokenKind::colon);
            pair.children.push_back(expression(0));
            node.children.push_back(closed(std::move(pair)));
        } while (take_if(TokenKind::comma) || kind() != TokenKind::right_brace);
        expect(TokenKind::right_brace);
        return node;
    }

    Node call(Node name) {
        if (name.kind != NodeKind::field) fail("Invalid function name");
        take();
        Node node = named(NodeKind::function, std::move(name.text));
        while (kind() != TokenKind::right_parenthesis) {
            node.children.push_back(expression(0));
            take_if(TokenKind::comma);
        }
        expect(TokenKind::right_parenthesis);
        return node;
    }

    std::vector<Token> tokens_;
    std::size_t next_ = 0;
    int nesting_ = 0;
};

}  // namespace

Node parse(std::string_view expression) {
    if (expression.empty()) throw CompileError("Invalid JMESPath expression: cannot be empty.");
    return Parser(tokens_of(expression)).run();
}

}  // namespace azid::query
