#include "core/query/functions.hpp"

#include "core/query/builtins.hpp"
#include "core/query/jmespath.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::query {
namespace {

// The classes of Python's values: what jmespath.py names when an element of a list has the wrong type.
std::string_view python_type(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null:
            return "NoneType";
        case Json::value_t::boolean:
            return "bool";
        case Json::value_t::string:
            return "str";
        case Json::value_t::array:
            return "list";
        case Json::value_t::object:
            return "dict";
        case Json::value_t::number_float:
            return "float";
        default:
            return "int";
    }
}

// "array-number" is split into what the value itself must be and what its elements must be.
std::string_view outer(std::string_view type) { return type.substr(0, type.find('-')); }
std::string_view inner(std::string_view type) {
    const std::size_t hyphen = type.find('-');
    return hyphen == std::string_view::npos ? std::string_view() : type.substr(hyphen + 1);
}

void check_count(const Builtin& function, std::size_t received) {
    const std::size_t expected = function.parameters.size();
    if (function.is_variadic ? received >= expected : received == expected) return;
    throw RuntimeError(fmt::format("Expected {}{} {} for function {}(), received {}",
                                   function.is_variadic ? "at least " : "", expected,
                                   expected == 1 ? "argument" : "arguments", function.name, received));
}

// Elements must all be of the one type that is allowed or, where several are, of the type of the first.
void check_elements(std::string_view function, const Json& list, const Types& types) {
    Types allowed;
    for (const std::string_view type : types)
        if (!inner(type).empty()) allowed.push_back(inner(type));
    if (allowed.empty()) return;
    for (const Json& element : list) {
        if (std::find(allowed.begin(), allowed.end(), type_name(element)) == allowed.end())
            fail_type(function, element, types, python_type(element));
        allowed = {type_name(element)};
    }
}

void check_type(std::string_view function, const Argument& argument, const Types& types) {
    if (types.empty() && argument.expression == nullptr) return;
    const std::string_view actual =
        argument.expression != nullptr ? "expref" : type_name(argument.value.json());
    const bool is_allowed =
        std::any_of(types.begin(), types.end(), [&](std::string_view type) { return outer(type) == actual; });
    if (!is_allowed && argument.expression != nullptr)
        fail_type(function, "<jmespath.visitor._Expression object>", types, actual);
    if (!is_allowed) fail_type(function, argument.value.json(), types, actual);
    if (actual == "array") check_elements(function, argument.value.json(), types);
}

}  // namespace

Json call_function(std::string_view name, std::vector<Argument>& arguments, Evaluator& evaluator) {
    const Builtin* function = find_builtin(name);
    if (function == nullptr) throw RuntimeError(fmt::format("Unknown function: {}()", name));
    check_count(*function, arguments.size());
    // Only as many as the signature names: what else merge() and not_null() get is theirs to look at.
    for (std::size_t i = 0; i < function->parameters.size(); ++i)
        check_type(name, arguments[i], function->parameters[i]);
    return function->run({name, arguments, evaluator});
}

}  // namespace azid::query
