#include "core/query/ast.hpp"

#include <nlohmann/json.hpp>

namespace azid::query {

Node::Node(NodeKind kind_of_node) : kind(kind_of_node) {}
Node::Node(Node&&) noexcept = default;
Node& Node::operator=(Node&&) noexcept = default;
Node::~Node() = default;

}  // namespace azid::query
