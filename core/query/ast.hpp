// The tree that a JMESPath expression is compiled into.
#pragma once

#include "core/base/json.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azid::query {

enum class NodeKind {
    current,
    literal,            // literal
    field,              // text: the member's name
    index,              // start: which element
    slice,              // start, stop, step
    chain,              // [first, then on what first found]: a.b and a | b
    index_chain,        // the same, for a[0]
    projection,         // [list, what of each element]
    value_projection,   // [object, what of each value]
    filter_projection,  // [list, what of each element, condition]
    flatten,            // [list]
    list,               // a multi-select list's expressions
    hash,               // a multi-select hash's pairs
    pair,               // text: key; [value]
    logical_or,         // [left, right]
    logical_and,        // [left, right]
    logical_not,        // [operand]
    equal,              // [left, right], as the other comparisons
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    function,   // text: name; arguments
    reference,  // [expression]
};

struct Node {
    explicit Node(NodeKind kind_of_node);
    Node(Node&&) noexcept;
    Node& operator=(Node&&) noexcept;
    ~Node();

    NodeKind kind;
    int depth = 1;  // of the tree that begins here
    std::string text;
    std::unique_ptr<Json> literal;
    std::vector<Node> children;
    std::optional<std::int64_t> start;
    std::optional<std::int64_t> stop;
    std::optional<std::int64_t> step;
};

}  // namespace azid::query
