// Walks the tree of a JMESPath expression over data.
#pragma once

#include "core/query/ast.hpp"
#include "core/query/value.hpp"

#include <cstddef>
#include <vector>

namespace azid::query {

// How much one search may copy and make: far beyond what a subscription holds, and still within a machine's
// memory.
inline constexpr std::size_t most_made = 20'000'000;

class Evaluator {
  public:
    explicit Evaluator(std::size_t limit = most_made) : left_(limit) {}

    // What the node finds in the input. The result may be a view of the input or of the node: it must not
    // outlive them. Throws RuntimeError.
    Value visit(const Node& node, const Json& input);

    // The value made independent of what it may be a view of.
    Json keep(Value value);
    // Counts what is copied or made: JSON values, and every 16 bytes of text. Throws RuntimeError when a
    // query, such as one that doubles its result again and again, would fill the memory.
    void charge(std::size_t amount);

  private:
    Value index(const Node& node, const Json& input);
    Value slice(const Node& node, const Json& input);
    Value chain(const Node& node, const Json& input);
    Value projection(const Node& node, const Json& input);
    Value value_projection(const Node& node, const Json& input);
    Value flatten(const Node& node, const Json& input);
    Value multi_select_list(const Node& node, const Json& input);
    Value multi_select_hash(const Node& node, const Json& input);
    Value either(const Node& node, const Json& input);
    Value comparison(const Node& node, const Json& input);
    Value function(const Node& node, const Json& input);

    // Shows every element of the list that the node finds to `use`. False when it finds no list.
    template <typename Use>
    bool for_each_element(const Node& node, const Json& input, Use use);

    std::size_t left_;
};

}  // namespace azid::query
