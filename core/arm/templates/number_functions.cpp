// Arithmetic, comparison and truth.
#include "core/arm/templates/functions.hpp"
#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cstdlib>
#include <limits>
#include <optional>

namespace azid::arm::templates {

namespace {

// Wraps around where .NET's 64-bit numbers do.
std::int64_t wrapped(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::uint64_t bits(std::int64_t value) { return static_cast<std::uint64_t>(value); }

Json add(const Call& call) { return wrapped(bits(call.number(0)) + bits(call.number(1))); }
Json sub(const Call& call) { return wrapped(bits(call.number(0)) - bits(call.number(1))); }
Json mul(const Call& call) { return wrapped(bits(call.number(0)) * bits(call.number(1))); }

std::int64_t divisor(const Call& call) {
    const std::int64_t number = call.number(1);
    if (number == 0) call.refuse("attempted to divide by zero");
    return number;
}

Json div(const Call& call) {
    const std::int64_t by = divisor(call);
    return by == -1 ? wrapped(0 - bits(call.number(0))) : call.number(0) / by;
}

Json mod(const Call& call) {
    const std::int64_t by = divisor(call);
    return by == -1 ? 0 : call.number(0) % by;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    text = trim(text);
    std::int64_t number = 0;
    const std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
    return number;
}

Json to_int(const Call& call) {
    if (call.at(0).is_number_integer()) return call.at(0);
    if (call.at(0).is_number_float()) return static_cast<std::int64_t>(call.at(0).get<double>());
    const std::optional<std::int64_t> number = whole_number(call.text(0));
    if (!number) call.refuse("the parameter can't be converted to an integer");
    return *number;
}

Json to_float(const Call& call) {
    if (call.at(0).is_number()) return call.at(0).get<double>();
    const std::string text = call.text(0);
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0') call.refuse("the parameter can't be converted to a float");
    return number;
}

Json to_bool(const Call& call) {
    const Json& value = call.at(0);
    if (value.is_boolean()) return value;
    if (value.is_number_integer()) return value.get<std::int64_t>() != 0;
    const std::string& text = call.text(0);
    if (iequals(text, "true") || text == "1") return true;
    if (iequals(text, "false") || text == "0") return false;
    call.refuse("the parameter can't be converted to a boolean");
}

Json extreme(const Call& call, bool greatest) {
    std::vector<std::int64_t> numbers;
    if (call.count() == 1 && call.at(0).is_array()) {
        for (const Json& item : call.at(0)) {
            if (!item.is_number_integer()) call.refuse("the array must hold only integers");
            numbers.push_back(item.get<std::int64_t>());
        }
        if (numbers.empty()) call.refuse("the array must not be empty");
    } else {
        for (std::size_t i = 0; i < call.count(); ++i) numbers.push_back(call.number(i));
    }
    std::int64_t best = numbers.front();
    for (const std::int64_t number : numbers)
        if (greatest ? number > best : number < best) best = number;
    return best;
}

Json max(const Call& call) { return extreme(call, true); }
Json min(const Call& call) { return extreme(call, false); }

bool truth(const Call& call, std::size_t index) {
    if (!call.at(index).is_boolean()) call.refuse_type(index, "a boolean");
    return call.at(index).get<bool>();
}

Json logical_and(const Call& call) {
    bool all = true;
    for (std::size_t i = 0; i < call.count(); ++i) all = truth(call, i) && all;
    return all;
}

Json logical_or(const Call& call) {
    bool any = false;
    for (std::size_t i = 0; i < call.count(); ++i) any = truth(call, i) || any;
    return any;
}

Json logical_not(const Call& call) { return !truth(call, 0); }

// Objects are equal whatever the order of their members.
bool same(const Json& left, const Json& right) {
    if (!left.is_object() || !right.is_object()) {
        if (!left.is_array() || !right.is_array()) return left == right;
        if (left.size() != right.size()) return false;
        for (std::size_t i = 0; i < left.size(); ++i)
            if (!same(left[i], right[i])) return false;
        return true;
    }
    if (left.size() != right.size()) return false;
    for (const auto& [key, value] : left.items()) {
        const auto found = right.find(key);
        if (found == right.end() || !same(value, *found)) return false;
    }
    return true;
}

Json equals(const Call& call) { return same(call.at(0), call.at(1)); }

// Below zero, zero or above, as the first is less, equal or greater: two numbers or two texts.
int order(const Call& call) {
    if (call.at(0).is_string()) return call.text(0).compare(call.text(1));
    const std::int64_t left = call.number(0);
    const std::int64_t right = call.number(1);
    return left < right ? -1 : left > right ? 1 : 0;
}

Json less(const Call& call) { return order(call) < 0; }
Json less_or_equals(const Call& call) { return order(call) <= 0; }
Json greater(const Call& call) { return order(call) > 0; }
Json greater_or_equals(const Call& call) { return order(call) >= 0; }

Json true_value(const Call&) { return true; }
Json false_value(const Call&) { return false; }
Json null_value(const Call&) { return nullptr; }

constexpr Function table[] = {
    {"add", 2, 2, add},
    {"sub", 2, 2, sub},
    {"mul", 2, 2, mul},
    {"div", 2, 2, div},
    {"mod", 2, 2, mod},
    {"int", 1, 1, to_int},
    {"float", 1, 1, to_float},
    {"bool", 1, 1, to_bool},
    {"max", 1, any_number, max},
    {"min", 1, any_number, min},
    {"and", 2, any_number, logical_and},
    {"or", 2, any_number, logical_or},
    {"not", 1, 1, logical_not},
    {"equals", 2, 2, equals},
    {"less", 2, 2, less},
    {"lessOrEquals", 2, 2, less_or_equals},
    {"greater", 2, 2, greater},
    {"greaterOrEquals", 2, 2, greater_or_equals},
    {"true", 0, 0, true_value},
    {"false", 0, 0, false_value},
    {"null", 0, 0, null_value},
};

}  // namespace

std::span<const Function> number_functions() { return table; }

}  // namespace azid::arm::templates
