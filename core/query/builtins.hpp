// The functions of JMESPath, the set that jmespath.py 1.0 has.
#pragma once

#include "core/query/functions.hpp"

#include <string_view>
#include <vector>

namespace azid::query {

// The types a parameter takes, as jmespath.py names and orders them; none means any value.
using Types = std::vector<std::string_view>;

struct Call {
    std::string_view function;
    std::vector<Argument>& arguments;
    Evaluator& evaluator;

    const Json& value(std::size_t position) const { return arguments[position].value.json(); }
};

struct Builtin {
    std::string_view name;
    std::vector<Types> parameters;
    Json (*run)(const Call&);
    bool is_variadic = false;
};

// Null when there is no function of that name.
const Builtin* find_builtin(std::string_view name);

// Throws the RuntimeError for a value of a type that the function does not take.
[[noreturn]] void fail_type(std::string_view function, const Json& value, const Types& allowed,
                            std::string_view received);

}  // namespace azid::query
