#include "core/arm/templates/evaluate.hpp"

#include "core/arm/templates/functions.hpp"
#include "core/arm/templates/lazy_functions.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm::templates {

namespace {

constexpr std::int64_t most_copies = 800;  // Resource Manager's limit

[[noreturn]] void refuse(const std::string& message) { throw Error(fault::invalid_template, message); }

[[noreturn]] void refuse_unknown(std::string_view name) {
    refuse(
        fmt::format("The template function '{}' is not valid. Please see https://aka.ms/arm-functions for "
                    "usage details.",
                    name));
}

constexpr int deepest_evaluation = 500;
constexpr int deepest_value = 200;  // as of all JSON that comes in
constexpr std::size_t text_unit = 16;

class Level {
  public:
    explicit Level(const Frame& frame) : budget_(*frame.budget) {
        if (budget_.depth >= deepest_evaluation)
            refuse("The template's expressions refer to one another more deeply than can be evaluated.");
        ++budget_.depth;
    }
    ~Level() { --budget_.depth; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

  private:
    Budget& budget_;
};

// Counts a value that was made. Throws when it nests too deeply, or the template has made too much.
void charge(Budget& budget, const Json& value, int depth = 1) {
    const std::size_t text = value.is_string() ? value.get_ref<const std::string&>().size() : 0;
    budget.left -= static_cast<std::int64_t>(1 + text / text_unit);
    if (budget.left < 0) refuse("The template's expressions make more than can be evaluated.");
    if (!value.is_structured()) return;
    if (depth > deepest_value) refuse("The template's expressions make a value that is nested too deeply.");
    for (const Json& item : value) charge(budget, item, depth + 1);
}

// The template's own function "namespace.name": its output, evaluated with nothing in sight but its
// arguments.
Json call_own(Frame& frame, const Expression& call, const Json& definition) {
    Frame inner{frame.session, frame.place};
    inner.functions = frame.functions;
    inner.budget = frame.budget;
    const Json parameters = definition.value("parameters", Json::array());
    if (call.parts.size() != parameters.size())
        refuse(fmt::format("The template function '{}' requires {} argument(s) while {} were provided.",
                           call.text, parameters.size(), call.parts.size()));
    for (std::size_t i = 0; i < parameters.size(); ++i)
        inner.parameters[text_at(parameters[i], "name")] =
            std::make_shared<const Json>(evaluate(frame, call.parts[i]));
    const Json* value = find(definition, "output.value");
    return value == nullptr ? Json(nullptr) : resolved(inner, *value);
}

Json call_function(Frame& frame, const Expression& call) {
    if (const LazyFunction* lazy = find_lazy_function(call.text)) return lazy->run(frame, call);
    if (const auto own = frame.functions.find(call.text); own != frame.functions.end())
        return call_own(frame, call, *own->second);
    const Function* function = find_function(call.text);
    if (function == nullptr) refuse_unknown(call.text);
    if (call.parts.size() < function->fewest || call.parts.size() > function->most)
        refuse(
            fmt::format("Unable to evaluate template language function '{}'. The function requires {} "
                        "argument(s) while {} were provided. Please see https://aka.ms/arm-functions for "
                        "usage details.",
                        call.text, function->fewest, call.parts.size()));
    if (is_asking(call.text) && !frame.in_run)
        refuse(
            fmt::format("The template function '{}' is not expected at this location. Please see "
                        "https://aka.ms/arm-functions for usage details.",
                        call.text));
    std::vector<Json> arguments;
    for (const Expression& part : call.parts) arguments.push_back(evaluate(frame, part));
    return function->run(Call{call.text, arguments, frame});
}

Json member_of(const Json& subject, const std::string& name, bool safe) {
    if (!subject.is_object()) {
        if (safe && subject.is_null()) return nullptr;
        refuse(
            fmt::format("The template language expression property '{}' cannot be evaluated: the value "
                        "before it is of type '{}', not an object.",
                        name, type_name(subject)));
    }
    std::vector<std::string> available;
    for (const auto& [key, value] : subject.items()) {
        if (iequals(key, name)) return value;
        available.push_back(key);
    }
    if (safe) return nullptr;
    refuse(fmt::format("The language expression property '{}' doesn't exist, available properties are '{}'.",
                       name, join(available, ", ")));
}

Json item_of(const Json& subject, const Json& key, bool safe) {
    if (key.is_string() && (!subject.is_array() || subject.is_null()))
        return member_of(subject, key.get<std::string>(), safe);
    if (subject.is_null() && safe) return nullptr;
    if (!subject.is_array() || !key.is_number_integer())
        refuse(
            fmt::format("The language expression property '{}' can't be evaluated, property name must be a "
                        "string or an array index.",
                        written(key)));
    const auto index = key.get<std::int64_t>();
    if (index >= 0 && index < static_cast<std::int64_t>(subject.size()))
        return subject[static_cast<std::size_t>(index)];
    if (safe) return nullptr;
    refuse(fmt::format("The language expression property array index '{}' is out of bounds.", index));
}

Json resolved_text(Frame& frame, const std::string& text) {
    if (!is_expression(text)) return literal(text);
    const Expression expression = parse_expression(text);
    if (!frame.in_run && calls(expression, is_asking)) return text;
    return evaluate(frame, expression);
}

// One entry of a property copy: {"name", "count", "input"}.
Json copies(Frame& frame, const Json& loop) {
    const std::string name = text_at(loop, "name");
    const Json count = resolved(frame, loop.value("count", Json(0)));
    if (!count.is_number_integer() || count < 0 || count > most_copies)
        refuse(fmt::format("The copy count of '{}' must be an integer between 0 and {}.", name, most_copies));
    const auto input = loop.find("input");
    if (input == loop.end()) refuse(fmt::format("The copy '{}' has no input.", name));
    Json made = Json::array();
    frame.loops.push_back({name, 0});
    for (std::int64_t i = 0; i < count.get<std::int64_t>(); ++i) {
        frame.loops.back().index = i;
        made.push_back(resolved(frame, *input));
    }
    frame.loops.pop_back();
    return made;
}

bool is_property_copy(const std::string& key, const Json& value) {
    return iequals(key, "copy") && value.is_array() &&
           std::all_of(value.begin(), value.end(), [](const Json& loop) {
               return loop.is_object() && loop.contains("name") && loop.contains("input");
           });
}

Json resolved_object(Frame& frame, const Json& object) {
    Json made = Json::object();
    for (const auto& [key, value] : object.items()) {
        if (is_property_copy(key, value)) {
            for (const Json& loop : value) made[text_at(loop, "name")] = copies(frame, loop);
            continue;
        }
        const Json name = resolved_text(frame, key);
        made[name.is_string() ? name.get<std::string>() : key] = resolved(frame, value);
    }
    return made;
}

void check_functions(const Frame& frame, const Expression& expression) {
    if (expression.kind == Expression::Kind::call && find_lazy_function(expression.text) == nullptr &&
        !frame.functions.contains(expression.text) && find_function(expression.text) == nullptr)
        refuse_unknown(expression.text);
    for (const Expression& part : expression.parts) check_functions(frame, part);
}

Json value_of(Frame& frame, const Expression& expression) {
    switch (expression.kind) {
        case Expression::Kind::text:
            return expression.text;
        case Expression::Kind::number:
            return expression.number;
        case Expression::Kind::call:
            return call_function(frame, expression);
        case Expression::Kind::member:
            return member_of(evaluate(frame, expression.parts[0]), expression.text, expression.safe);
        default:
            return item_of(evaluate(frame, expression.parts[0]), evaluate(frame, expression.parts[1]),
                           expression.safe);
    }
}

}  // namespace

Json evaluate(Frame& frame, const Expression& expression) {
    const Level level(frame);
    Json value = value_of(frame, expression);
    charge(*frame.budget, value);
    return value;
}

Json resolved(Frame& frame, const Json& value) {
    const Level level(frame);
    if (value.is_string()) return resolved_text(frame, value.get_ref<const std::string&>());
    if (value.is_object()) return resolved_object(frame, value);
    if (!value.is_array()) return value;
    Json made = Json::array();
    for (const Json& item : value) made.push_back(resolved(frame, item));
    return made;
}

Json resolved_at_once(Frame& frame, const Json& value) {
    if (!frame.in_run && asks(value))
        refuse(
            "The template function 'reference' is not expected at this location. Please see "
            "https://aka.ms/arm-functions for usage details.");
    return resolved(frame, value);
}

Json variable(Frame& frame, std::string_view name) {
    if (const auto known = frame.evaluated.find(name); known != frame.evaluated.end()) return *known->second;
    const auto found = frame.variables.find(name);
    if (found == frame.variables.end())
        refuse(
            fmt::format("The template variable '{}' is not found. Please see "
                        "https://aka.ms/arm-syntax-variables for usage details.",
                        name));
    for (const std::string& open : frame.evaluating)
        if (iequals(open, name))
            refuse(
                fmt::format("The template variable '{}' refers to itself. Please see "
                            "https://aka.ms/arm-syntax-variables for usage details.",
                            name));
    frame.evaluating.emplace_back(name);
    Json value = resolved(frame, *found->second);
    frame.evaluating.pop_back();
    if (frame.loops.empty()) frame.evaluated[std::string(name)] = std::make_shared<const Json>(value);
    return value;
}

bool asks(const Json& value) {
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        return is_expression(text) && calls(parse_expression(text), is_asking);
    }
    return value.is_structured() &&
           std::any_of(value.begin(), value.end(), [](const Json& item) { return asks(item); });
}

void check_expressions(const Frame& frame, const Json& value) {
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        if (is_expression(text)) check_functions(frame, parse_expression(text));
        return;
    }
    if (!value.is_structured()) return;
    for (const auto& [key, item] : value.items()) {
        if (value.is_object() && is_expression(key)) check_functions(frame, parse_expression(key));
        check_expressions(frame, item);
    }
}

}  // namespace azid::arm::templates
