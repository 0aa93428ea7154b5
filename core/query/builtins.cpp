#include "core/query/builtins.hpp"

#include "core/query/ast.hpp"
#include "core/query/evaluator.hpp"
#include "core/query/jmespath.hpp"
#include "core/query/numbers.hpp"
#include "core/query/python_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

namespace azid::query {
namespace {

const std::string& text_of(const Call& call, std::size_t position) {
    return call.value(position).get_ref<const std::string&>();
}

bool continues_character(char byte) { return (byte & 0xC0) == 0x80; }

// Text.

Json contains(const Call& call) {
    const Json& wanted = call.value(1);
    if (call.value(0).is_string())
        return wanted.is_string() && text_of(call, 0).find(text_of(call, 1)) != std::string::npos;
    const Json& list = call.value(0);
    return std::any_of(list.begin(), list.end(), [&](const Json& item) { return equals(item, wanted); });
}

Json starts_with(const Call& call) { return text_of(call, 0).starts_with(text_of(call, 1)); }
Json ends_with(const Call& call) { return text_of(call, 0).ends_with(text_of(call, 1)); }

Json join(const Call& call) {
    const std::string& separator = text_of(call, 0);
    const Json& pieces = call.value(1);
    if (pieces.empty()) return "";
    std::size_t size = (pieces.size() - 1) * separator.size();
    for (const Json& piece : pieces) size += piece.get_ref<const std::string&>().size();
    call.evaluator.charge(size / 16);
    std::string joined;
    joined.reserve(size);
    for (const Json& piece : pieces) {
        if (&piece != &pieces.front()) joined += separator;
        joined += piece.get_ref<const std::string&>();
    }
    return joined;
}

// A string's length is counted in code points.
Json length(const Call& call) {
    if (!call.value(0).is_string()) return call.value(0).size();
    const std::string& text = text_of(call, 0);
    return text.size() -
           static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_character));
}

Json reverse(const Call& call) {
    Json value = call.evaluator.keep(std::move(call.arguments[0].value));
    if (value.is_array()) {
        std::reverse(value.begin(), value.end());
        return value;
    }
    std::string& text = value.get_ref<std::string&>();
    // The bytes of each character are turned round first, so that turning the whole brings them in order
    // again.
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        while (end < text.size() && continues_character(text[end])) ++end;
        std::reverse(text.begin() + static_cast<std::ptrdiff_t>(begin),
                     text.begin() + static_cast<std::ptrdiff_t>(end));
        begin = end;
    }
    std::reverse(text.begin(), text.end());
    return value;
}

// Conversions.

Json to_array(const Call& call) {
    Json value = call.evaluator.keep(std::move(call.arguments[0].value));
    if (value.is_array()) return value;
    Json list = Json::array();
    list.push_back(std::move(value));
    return list;
}

Json to_string(const Call& call) {
    if (call.value(0).is_string()) return call.value(0);
    return python_json(call.value(0));
}

Json to_number(const Call& call) {
    if (call.value(0).is_number()) return call.value(0);
    return call.value(0).is_string() ? number_in(text_of(call, 0)) : Json();
}

Json type(const Call& call) { return type_name(call.value(0)); }

Json not_null(const Call& call) {
    for (Argument& argument : call.arguments) {
        if (argument.expression != nullptr)
            throw RuntimeError("An expression behind '&' is no value that not_null() could give");
        if (!argument.value.json().is_null()) return call.evaluator.keep(std::move(argument.value));
    }
    return {};
}

// Numbers.

Json absolute(const Call& call) { return absolute_of(call.value(0)); }
Json ceil(const Call& call) { return ceiling_of(call.value(0)); }
Json floor(const Call& call) { return floor_of(call.value(0)); }
Json sum(const Call& call) { return sum_of(call.value(0)); }

Json average(const Call& call) {
    const Json& numbers = call.value(0);
    if (numbers.empty()) return {};
    return sum_of(numbers).get<double>() / static_cast<double>(numbers.size());
}

// Objects.

Json keys(const Call& call) {
    Json found = Json::array();
    for (const auto& [key, member] : call.value(0).items()) found.push_back(key);
    return found;
}

Json values(const Call& call) {
    Json found = Json::array();
    for (const Json& member : call.value(0)) found.push_back(call.evaluator.keep(Value::view_of(member)));
    return found;
}

Json merge(const Call& call) {
    Json merged = Json::object();
    for (const Argument& argument : call.arguments) {
        const Json& object = argument.value.json();
        if (!object.is_object()) fail_type(call.function, object, {"object"}, type_name(object));
        for (const auto& [key, member] : object.items())
            merged[key] = call.evaluator.keep(Value::view_of(member));
    }
    return merged;
}

// Order. All that is compared here has been checked to be of one type.

bool is_before(const Json& left, const Json& right) { return order(left, right) == std::weak_ordering::less; }

Json maximum(const Call& call) {
    const Json& list = call.value(0);
    return list.empty() ? Json() : *std::max_element(list.begin(), list.end(), is_before);
}

Json minimum(const Call& call) {
    const Json& list = call.value(0);
    return list.empty() ? Json() : *std::min_element(list.begin(), list.end(), is_before);
}

Json sort(const Call& call) {
    Json list = call.evaluator.keep(std::move(call.arguments[0].value));
    Json::array_t& items = list.get_ref<Json::array_t&>();
    std::stable_sort(items.begin(), items.end(), is_before);
    return list;
}

// Whether all keys so far are of this type too.
bool is_like(const std::vector<Value>& found, std::string_view type) {
    return found.empty() || type_name(found.front().json()) == type;
}

// What the expression finds in each element; all numbers or all strings. sort_by names a wrong first element
// instead of its key, and from then on only the type of the first. jmespath.py's max_by and min_by leave a
// mixture of numbers and strings to Python, which stops with an error of its own; here it is reported as
// sort_by does.
std::vector<Value> keys_of(const Call& call, const Types& allowed) {
    const bool sorts = call.function == "sort_by";
    std::vector<Value> found;
    for (const Json& element : call.value(0)) {
        Value key = call.evaluator.visit(*call.arguments[1].expression, element);
        const std::string_view actual = type_name(key.json());
        const bool is_allowed = std::find(allowed.begin(), allowed.end(), actual) != allowed.end();
        if (!is_allowed && (found.empty() || !sorts))
            fail_type(call.function, sorts ? element : key.json(), allowed, actual);
        if (!is_like(found, actual))
            fail_type(call.function, key.json(), {type_name(found.front().json())}, actual);
        found.push_back(std::move(key));
    }
    return found;
}

bool key_is_before(const Value& left, const Value& right) { return is_before(left.json(), right.json()); }

Json element_at(const Call& call, std::ptrdiff_t position) {
    return call.evaluator.keep(Value::view_of(call.value(0)[static_cast<std::size_t>(position)]));
}

Json maximum_by(const Call& call) {
    const std::vector<Value> found = keys_of(call, {"number", "string"});
    if (found.empty()) return {};
    return element_at(call, std::max_element(found.begin(), found.end(), key_is_before) - found.begin());
}

Json minimum_by(const Call& call) {
    const std::vector<Value> found = keys_of(call, {"number", "string"});
    if (found.empty()) return {};
    return element_at(call, std::min_element(found.begin(), found.end(), key_is_before) - found.begin());
}

Json sort_by(const Call& call) {
    const std::vector<Value> found = keys_of(call, {"string", "number"});
    std::vector<std::size_t> positions(found.size());
    std::iota(positions.begin(), positions.end(), std::size_t{0});
    std::stable_sort(positions.begin(), positions.end(), [&](std::size_t left, std::size_t right) {
        return key_is_before(found[left], found[right]);
    });
    Json sorted = Json::array();
    for (const std::size_t position : positions)
        sorted.push_back(element_at(call, static_cast<std::ptrdiff_t>(position)));
    return sorted;
}

Json map(const Call& call) {
    Json found = Json::array();
    for (const Json& element : call.value(1))
        found.push_back(call.evaluator.keep(call.evaluator.visit(*call.arguments[0].expression, element)));
    return found;
}

}  // namespace

const Builtin* find_builtin(std::string_view name) {
    static const std::vector<Builtin> builtins = {
        {"abs", {{"number"}}, absolute},
        {"avg", {{"array-number"}}, average},
        {"ceil", {{"number"}}, ceil},
        {"contains", {{"array", "string"}, {}}, contains},
        {"ends_with", {{"string"}, {"string"}}, ends_with},
        {"floor", {{"number"}}, floor},
        {"join", {{"string"}, {"array-string"}}, join},
        {"keys", {{"object"}}, keys},
        {"length", {{"string", "array", "object"}}, length},
        {"map", {{"expref"}, {"array"}}, map},
        {"max", {{"array-number", "array-string"}}, maximum},
        {"max_by", {{"array"}, {"expref"}}, maximum_by},
        {"merge", {{"object"}}, merge, true},
        {"min", {{"array-number", "array-string"}}, minimum},
        {"min_by", {{"array"}, {"expref"}}, minimum_by},
        {"not_null", {{}}, not_null, true},
        {"reverse", {{"array", "string"}}, reverse},
        {"sort", {{"array-string", "array-number"}}, sort},
        {"sort_by", {{"array"}, {"expref"}}, sort_by},
        {"starts_with", {{"string"}, {"string"}}, starts_with},
        {"sum", {{"array-number"}}, sum},
        {"to_array", {{}}, to_array},
        {"to_number", {{}}, to_number},
        {"to_string", {{}}, to_string},
        {"type", {{}}, type},
        {"values", {{"object"}}, values},
    };
    const auto found = std::find_if(builtins.begin(), builtins.end(),
                                    [&](const Builtin& builtin) { return builtin.name == name; });
    return found == builtins.end() ? nullptr : &*found;
}

void fail_type(std::string_view function, const Json& value, const Types& allowed,
               std::string_view received) {
    std::vector<std::string> quoted;
    for (const std::string_view type : allowed) quoted.push_back(fmt::format("'{}'", type));
    throw RuntimeError(
        fmt::format("In function {}(), invalid type for value: {}, expected one of: [{}], received: \"{}\"",
                    function, python_str(value), fmt::join(quoted, ", "), received));
}

}  // namespace azid::query
