#include "core/query/jmespath.hpp"

#include "core/query/ast.hpp"
#include "core/query/evaluator.hpp"
#include "core/query/parser.hpp"
#include "core/query/sorted.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace azid::query {
namespace {

bool is_utf8(std::string_view text) {
    try {
        Json(std::string(text)).dump();
        return true;
    } catch (const Json::type_error&) {
        return false;
    }
}

void sort_literals_below(Node& node) {
    if (node.literal) *node.literal = sorted(*node.literal);
    for (Node& child : node.children) sort_literals_below(child);
}

}  // namespace

Expression::Expression(Node&& root) : root_(std::make_unique<Node>(std::move(root))) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

void Expression::sort_literals() { sort_literals_below(*root_); }

Expression compile(std::string_view text) {
    if (!is_utf8(text)) throw CompileError("Invalid jmespath expression: not UTF-8");
    return Expression(parse(text));
}

Json search(const Expression& expression, const Json& data) {
    return Evaluator().visit(expression.root(), data).take();
}

}  // namespace azid::query
