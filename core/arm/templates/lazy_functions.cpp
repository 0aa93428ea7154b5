#include "core/arm/templates/lazy_functions.hpp"

#include "core/arm/templates/evaluate.hpp"
#include "core/arm/templates/functions.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm::templates {

namespace {

[[noreturn]] void refuse(const Expression& call, std::string_view why) {
    throw Error(fault::invalid_template,
                fmt::format("Unable to evaluate template language function '{}': {}. Please see "
                            "https://aka.ms/arm-functions for usage details.",
                            call.text, why));
}

Json choose(Frame& frame, const Expression& call) {
    const Json condition = evaluate(frame, call.parts[0]);
    if (!condition.is_boolean()) refuse(call, "the first parameter must be a boolean");
    return evaluate(frame, call.parts[condition.get<bool>() ? 1 : 2]);
}

Json coalesce(Frame& frame, const Expression& call) {
    for (const Expression& part : call.parts)
        if (Json value = evaluate(frame, part); !value.is_null()) return value;
    return nullptr;
}

// lambda('a', 'b', body), called with values for its names.
Json apply(Frame& frame, const Expression& call, const Expression& lambda,
           const std::vector<Json>& arguments) {
    if (lambda.kind != Expression::Kind::call || !iequals(lambda.text, "lambda") || lambda.parts.empty())
        refuse(call, "the parameter is not a lambda");
    const Values before = frame.lambda;
    for (std::size_t i = 0; i + 1 < lambda.parts.size(); ++i)
        frame.lambda[lambda.parts[i].text] =
            std::make_shared<const Json>(i < arguments.size() ? arguments[i] : Json(nullptr));
    Json result = evaluate(frame, lambda.parts.back());
    frame.lambda = before;
    return result;
}

bool holds(Frame& frame, const Expression& call, const Expression& lambda,
           const std::vector<Json>& arguments) {
    const Json result = apply(frame, call, lambda, arguments);
    if (!result.is_boolean()) refuse(call, "the lambda must give a boolean");
    return result.get<bool>();
}

Json array_of(Frame& frame, const Expression& call) {
    Json items = evaluate(frame, call.parts[0]);
    if (!items.is_array()) refuse(call, "the first parameter must be an array");
    return items;
}

Json map(Frame& frame, const Expression& call) {
    const Json items = array_of(frame, call);
    Json made = Json::array();
    for (std::size_t i = 0; i < items.size(); ++i)
        made.push_back(apply(frame, call, call.parts[1], {items[i], Json(i)}));
    return made;
}

Json filter(Frame& frame, const Expression& call) {
    const Json items = array_of(frame, call);
    Json kept = Json::array();
    for (std::size_t i = 0; i < items.size(); ++i)
        if (holds(frame, call, call.parts[1], {items[i], Json(i)})) kept.push_back(items[i]);
    return kept;
}

Json reduce(Frame& frame, const Expression& call) {
    Json result = evaluate(frame, call.parts[1]);
    for (const Json& item : array_of(frame, call)) result = apply(frame, call, call.parts[2], {result, item});
    return result;
}

// By insertion: a lambda that contradicts itself must not lead std::sort astray.
Json sort(Frame& frame, const Expression& call) {
    std::vector<Json> sorted;
    for (const Json& item : array_of(frame, call)) {
        std::size_t at = sorted.size();
        while (at > 0 && holds(frame, call, call.parts[1], {item, sorted[at - 1]})) --at;
        sorted.insert(sorted.begin() + static_cast<std::ptrdiff_t>(at), item);
    }
    return sorted;
}

std::string key_for(Frame& frame, const Expression& call, const Json& item) {
    const Json key = apply(frame, call, call.parts[1], {item});
    if (!key.is_string()) refuse(call, "the lambda must give a string for the key");
    return key.get<std::string>();
}

Json to_object(Frame& frame, const Expression& call) {
    Json made = Json::object();
    for (const Json& item : array_of(frame, call))
        made[key_for(frame, call, item)] =
            call.parts.size() > 2 ? apply(frame, call, call.parts[2], {item}) : item;
    return made;
}

Json group_by(Frame& frame, const Expression& call) {
    Json made = Json::object();
    for (const Json& item : array_of(frame, call)) made[key_for(frame, call, item)].push_back(item);
    return made;
}

Json map_values(Frame& frame, const Expression& call) {
    const Json object = evaluate(frame, call.parts[0]);
    if (!object.is_object()) refuse(call, "the first parameter must be an object");
    Json made = Json::object();
    for (const auto& [key, value] : object.items()) made[key] = apply(frame, call, call.parts[1], {value});
    return made;
}

Json lambda_variables(Frame& frame, const Expression& call) {
    const Json name = evaluate(frame, call.parts[0]);
    const auto found = name.is_string() ? frame.lambda.find(name.get<std::string>()) : frame.lambda.end();
    if (found == frame.lambda.end()) refuse(call, "there is no such lambda variable");
    return *found->second;
}

Json stray_lambda(Frame&, const Expression& call) { refuse(call, "a lambda can only be a parameter"); }

constexpr LazyFunction table[] = {
    {"if", 3, 3, choose},
    {"coalesce", 1, any_number, coalesce},
    {"map", 2, 2, map},
    {"filter", 2, 2, filter},
    {"reduce", 3, 3, reduce},
    {"sort", 2, 2, sort},
    {"toObject", 2, 3, to_object},
    {"groupBy", 2, 2, group_by},
    {"mapValues", 2, 2, map_values},
    {"lambda", 1, any_number, stray_lambda},
    {"lambdaVariables", 1, 1, lambda_variables},
};

}  // namespace

Json LazyFunction::run(Frame& frame, const Expression& call) const {
    if (call.parts.size() < fewest || call.parts.size() > most)
        refuse(call, fmt::format("the function requires {} argument(s) while {} were provided", fewest,
                                 call.parts.size()));
    return body(frame, call);
}

const LazyFunction* find_lazy_function(std::string_view name) {
    for (const LazyFunction& function : table)
        if (iequals(function.name, name)) return &function;
    return nullptr;
}

}  // namespace azid::arm::templates
