// JMESPath, the language of az's --query, as jmespath.py 1.0 (the library inside az) understands it.
// Knows nothing of Azure and of output formats.
#pragma once

#include "core/base/json.hpp"

#include <memory>
#include <stdexcept>
#include <string_view>

namespace azid::query {

// The text is no JMESPath expression. az prints only the text itself, so the message is for people who debug.
class CompileError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// The expression met data it cannot work on. The message is the one that az prints after
// "Invalid jmespath query supplied for `--query`: ".
class RuntimeError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

struct Node;

// A compiled expression; may be searched with any number of times. A moved-from one may only be destroyed
// or assigned to.
class Expression {
  public:
    explicit Expression(Node&& root);
    Expression(Expression&&) noexcept;
    Expression& operator=(Expression&&) noexcept;
    ~Expression();

    const Node& root() const { return *root_; }

    // Gives the objects in the expression's literals sorted keys, as sorted() does to data.
    void sort_literals();

  private:
    std::unique_ptr<Node> root_;
};

// Reads an expression. Throws CompileError when it is not one, is no UTF-8, or nests deeper than 400 levels.
// Function names and arguments are checked only when a search gets to them, as in az.
Expression compile(std::string_view text);

// What the expression finds in the data; null when it finds nothing. Throws RuntimeError.
// Members keep their order: those of a multi-select hash are in written order, all others as in the data.
// az's tsv prints the former as written but the latter sorted: for tsv, give data that has gone through
// sorted(), and an expression with sorted literals.
Json search(const Expression& expression, const Json& data);

}  // namespace azid::query
