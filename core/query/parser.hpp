// Builds the tree of a JMESPath expression: operator precedence parsing, the table of powers being the
// grammar.
#pragma once

#include "core/query/ast.hpp"

#include <string_view>

namespace azid::query {

// Neither a tree nor a literal nests deeper, so that neither evaluation nor printing exhausts the stack.
// jmespath.py gives up at about the same depth, with Python's recursion limit.
inline constexpr int deepest_nesting = 400;

// The expression's tree. Throws CompileError.
Node parse(std::string_view expression);

}  // namespace azid::query
