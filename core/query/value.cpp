#include "core/query/value.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace azid::query {
namespace {

const Json null;

// Wide enough (64 bits of mantissa or more) to hold any number of a Json exactly.
long double exact(const Json& number) {
    if (number.is_number_unsigned()) return static_cast<long double>(number.get<std::uint64_t>());
    if (number.is_number_integer()) return static_cast<long double>(number.get<std::int64_t>());
    return static_cast<long double>(number.get<double>());
}

// NaN comes last, so that sorting always has an order to go by.
std::weak_ordering order_numbers(long double left, long double right) {
    if (left < right) return std::weak_ordering::less;
    if (left > right) return std::weak_ordering::greater;
    return std::isnan(left) <=> std::isnan(right);
}

bool equal_objects(const Json& left, const Json& right) {
    if (left.size() != right.size()) return false;
    for (const auto& [key, value] : left.items()) {
        const auto other = right.find(key);
        if (other == right.end() || !equals(value, *other)) return false;
    }
    return true;
}

}  // namespace

Value::Value() : seen_(&null) {}
Value::Value(Json owned) : owned_(std::make_unique<Json>(std::move(owned))), seen_(owned_.get()) {}
Value::Value(const Json* seen) : seen_(seen) {}
Value Value::view_of(const Json& elsewhere) { return Value(&elsewhere); }
Value::Value(Value&&) noexcept = default;
Value& Value::operator=(Value&&) noexcept = default;
Value::~Value() = default;

Json Value::take() {
    if (owned_) return std::move(*owned_);
    return *seen_;
}

bool is_true(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null:
            return false;
        case Json::value_t::boolean:
            return value.get<bool>();
        case Json::value_t::string:
            return !value.get_ref<const std::string&>().empty();
        case Json::value_t::array:
        case Json::value_t::object:
            return !value.empty();
        default:
            return true;
    }
}

bool equals(const Json& left, const Json& right) {
    if (left.is_number() && right.is_number()) return exact(left) == exact(right);
    if (left.type() != right.type()) return false;
    if (left.is_object()) return equal_objects(left, right);
    if (left.is_array()) return std::equal(left.begin(), left.end(), right.begin(), right.end(), equals);
    return left == right;
}

std::optional<std::weak_ordering> order(const Json& left, const Json& right) {
    if (left.is_number() && right.is_number()) return order_numbers(exact(left), exact(right));
    if (!left.is_string() || !right.is_string()) return std::nullopt;
    // Bytes of UTF-8 compare as their code points do.
    return left.get_ref<const std::string&>() <=> right.get_ref<const std::string&>();
}

std::string_view type_name(const Json& value) {
    if (value.is_number()) return "number";
    return value.type_name();
}

}  // namespace azid::query
