// Calls JMESPath's functions: finds them by name and checks what they are given, in jmespath.py's words.
#pragma once

#include "core/query/value.hpp"

#include <string_view>
#include <vector>

namespace azid::query {

class Evaluator;
struct Node;

struct Argument {
    Value value;
    const Node* expression = nullptr;  // what stood behind '&'; then there is no value
};

// The function's result. Throws RuntimeError when there is no such function, or the arguments are not of the
// number and types it takes. The arguments may be moved from.
Json call_function(std::string_view name, std::vector<Argument>& arguments, Evaluator& evaluator);

}  // namespace azid::query
