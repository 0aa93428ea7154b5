// Arrays and objects.
#include "core/arm/templates/functions.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm::templates {

namespace {

constexpr std::int64_t longest_range = 10000;

const Json& array_at(const Call& call, std::size_t index) {
    if (!call.at(index).is_array()) call.refuse_type(index, "an array");
    return call.at(index);
}

const Json& object_at(const Call& call, std::size_t index) {
    if (!call.at(index).is_object()) call.refuse_type(index, "an object");
    return call.at(index);
}

// The member by name, without case. Null when there is none.
const Json* member_of(const Json& object, std::string_view name) {
    for (const auto& [key, value] : object.items())
        if (iequals(key, name)) return &value;
    return nullptr;
}

bool has(const Json& array, const Json& item) {
    return std::find(array.begin(), array.end(), item) != array.end();
}

Json array(const Call& call) { return call.at(0).is_array() ? call.at(0) : Json::array({call.at(0)}); }

Json create_array(const Call& call) {
    Json made = Json::array();
    for (std::size_t i = 0; i < call.count(); ++i) made.push_back(call.at(i));
    return made;
}

Json create_object(const Call& call) {
    if (call.count() % 2 != 0) call.refuse("every key must be followed by a value");
    Json made = Json::object();
    for (std::size_t i = 0; i < call.count(); i += 2) made[call.text(i)] = call.at(i + 1);
    return made;
}

Json length(const Call& call) {
    const Json& value = call.at(0);
    if (value.is_string()) return character_count(call.text(0));
    if (!value.is_structured()) call.refuse_type(0, "an array, object, or a string");
    return value.size();
}

Json first(const Call& call) {
    if (call.at(0).is_string()) return characters(call.text(0), 0, 1);
    const Json& items = array_at(call, 0);
    return items.empty() ? Json(nullptr) : items.front();
}

Json last(const Call& call) {
    if (call.at(0).is_string()) {
        const std::size_t count = character_count(call.text(0));
        return characters(call.text(0), count == 0 ? 0 : count - 1, 1);
    }
    const Json& items = array_at(call, 0);
    return items.empty() ? Json(nullptr) : items.back();
}

// From one number on, that many; of an array or of a text's characters.
Json part(const Call& call, std::int64_t begin, std::int64_t count) {
    const Json& value = call.at(0);
    if (!value.is_string() && !value.is_array()) call.refuse_type(0, "an array or a string");
    const auto size =
        static_cast<std::int64_t>(value.is_string() ? character_count(call.text(0)) : value.size());
    begin = std::clamp<std::int64_t>(begin, 0, size);
    count = std::clamp<std::int64_t>(count, 0, size - begin);
    if (value.is_string())
        return characters(call.text(0), static_cast<std::size_t>(begin), static_cast<std::size_t>(count));
    Json items = Json::array();
    for (std::int64_t i = begin; i < begin + count; ++i) items.push_back(value[static_cast<std::size_t>(i)]);
    return items;
}

Json take(const Call& call) { return part(call, 0, call.number(1)); }
Json skip(const Call& call) { return part(call, call.number(1), INT64_MAX); }

Json contains(const Call& call) {
    const Json& where = call.at(0);
    if (where.is_string()) return call.text(0).find(written(call.at(1))) != std::string::npos;
    if (where.is_array()) return has(where, call.at(1));
    if (!where.is_object()) call.refuse_type(0, "an array, object, or a string");
    return member_of(where, call.text(1)) != nullptr;
}

Json empty(const Call& call) {
    const Json& value = call.at(0);
    if (value.is_null()) return true;
    if (value.is_string()) return call.text(0).empty();
    if (!value.is_structured()) call.refuse_type(0, "an array, object, or a string");
    return value.empty();
}

// Laid over it member by member, objects in objects too.
void merge(Json& onto, const Json& over) {
    for (const auto& [key, value] : over.items()) {
        const auto found = onto.find(key);
        if (found != onto.end() && found->is_object() && value.is_object())
            merge(*found, value);
        else
            onto[key] = value;
    }
}

Json union_of(const Call& call) {
    if (call.at(0).is_object()) {
        Json all = call.at(0);
        for (std::size_t i = 1; i < call.count(); ++i) merge(all, object_at(call, i));
        return all;
    }
    Json all = Json::array();
    for (std::size_t i = 0; i < call.count(); ++i)
        for (const Json& item : array_at(call, i))
            if (!has(all, item)) all.push_back(item);
    return all;
}

Json intersection(const Call& call) {
    if (call.at(0).is_object()) {
        Json common = Json::object();
        for (const auto& [key, value] : call.at(0).items()) {
            bool in_all = true;
            for (std::size_t i = 1; i < call.count(); ++i) {
                const Json& other = object_at(call, i);
                in_all = in_all && other.contains(key) && other[key] == value;
            }
            if (in_all) common[key] = value;
        }
        return common;
    }
    Json common = Json::array();
    for (const Json& item : array_at(call, 0)) {
        bool in_all = !has(common, item);
        for (std::size_t i = 1; i < call.count(); ++i) in_all = in_all && has(array_at(call, i), item);
        if (in_all) common.push_back(item);
    }
    return common;
}

Json shallow_merge(const Call& call) {
    Json all = Json::object();
    for (const Json& object : array_at(call, 0)) {
        if (!object.is_object()) call.refuse("the array must hold only objects");
        for (const auto& [key, value] : object.items()) all[key] = value;
    }
    return all;
}

Json join_items(const Call& call) {
    std::vector<std::string> texts;
    for (const Json& item : array_at(call, 0)) texts.push_back(written(item));
    return join(texts, call.text(1));
}

Json range(const Call& call) {
    const std::int64_t begin = call.number(0);
    const std::int64_t count = call.number(1);
    if (count < 0 || count > longest_range)
        call.refuse(fmt::format("the count must be between 0 and {}", longest_range));
    Json numbers = Json::array();
    for (std::int64_t i = 0; i < count; ++i) numbers.push_back(begin + i);
    return numbers;
}

std::vector<std::string> sorted_keys(const Json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    std::sort(keys.begin(), keys.end(), ILess{});
    return keys;
}

Json items(const Call& call) {
    Json pairs = Json::array();
    const Json& object = object_at(call, 0);
    for (const std::string& key : sorted_keys(object))
        pairs.push_back({{"key", key}, {"value", object[key]}});
    return pairs;
}

Json object_keys(const Call& call) { return sorted_keys(object_at(call, 0)); }

Json flatten(const Call& call) {
    Json flat = Json::array();
    for (const Json& inner : array_at(call, 0)) {
        if (!inner.is_array()) call.refuse("the array must hold only arrays");
        for (const Json& item : inner) flat.push_back(item);
    }
    return flat;
}

// Follows names and numbers into a value: null where the way ends.
Json try_get(const Call& call) {
    const Json* value = &call.at(0);
    for (std::size_t i = 1; i < call.count(); ++i) {
        if (value->is_object() && call.at(i).is_string()) {
            value = member_of(*value, call.text(i));
        } else if (value->is_array() && call.at(i).is_number_integer()) {
            const std::int64_t index = call.number(i);
            const bool inside = index >= 0 && index < static_cast<std::int64_t>(value->size());
            value = inside ? &(*value)[static_cast<std::size_t>(index)] : nullptr;
        } else {
            value = nullptr;
        }
        if (value == nullptr) return nullptr;
    }
    return *value;
}

Json index_from_end(const Call& call) {
    const Json& list = array_at(call, 0);
    const std::int64_t back = call.number(1);
    if (back < 1 || back > static_cast<std::int64_t>(list.size())) {
        if (iequals(call.name, "tryIndexFromEnd")) return nullptr;
        call.refuse(fmt::format("the index '{}' is out of bounds", back));
    }
    return list[list.size() - static_cast<std::size_t>(back)];
}

constexpr Function table[] = {
    {"array", 1, 1, array},
    {"createArray", 0, any_number, create_array},
    {"createObject", 0, any_number, create_object},
    {"length", 1, 1, length},
    {"first", 1, 1, first},
    {"last", 1, 1, last},
    {"take", 2, 2, take},
    {"skip", 2, 2, skip},
    {"contains", 2, 2, contains},
    {"empty", 1, 1, empty},
    {"union", 1, any_number, union_of},
    {"intersection", 1, any_number, intersection},
    {"shallowMerge", 1, 1, shallow_merge},
    {"join", 2, 2, join_items},
    {"range", 2, 2, range},
    {"items", 1, 1, items},
    {"objectKeys", 1, 1, object_keys},
    {"flatten", 1, 1, flatten},
    {"tryGet", 2, any_number, try_get},
    {"indexFromEnd", 2, 2, index_from_end},
    {"tryIndexFromEnd", 2, 2, index_from_end},
};

}  // namespace

std::span<const Function> list_functions() { return table; }

}  // namespace azid::arm::templates
