#include "core/arm/templates/functions.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm::templates {

std::size_t Call::count() const { return arguments.size(); }

const Json& Call::at(std::size_t index) const { return arguments.at(index); }

const std::string& Call::text(std::size_t index) const {
    if (!at(index).is_string()) refuse_type(index, "a string");
    return at(index).get_ref<const std::string&>();
}

std::int64_t Call::number(std::size_t index) const {
    if (!at(index).is_number_integer()) refuse_type(index, "an integer");
    return at(index).get<std::int64_t>();
}

std::int64_t Call::number_or(std::size_t index, std::int64_t otherwise) const {
    return index < count() ? number(index) : otherwise;
}

std::string Call::text_or(std::size_t index, std::string_view otherwise) const {
    return index < count() ? text(index) : std::string(otherwise);
}

void Call::refuse(const std::string& why) const {
    throw Error(fault::invalid_template,
                fmt::format("Unable to evaluate template language function '{}': {}. Please see "
                            "https://aka.ms/arm-functions for usage details.",
                            name, why));
}

void Call::refuse_type(std::size_t index, std::string_view expected) const {
    throw Error(fault::invalid_template,
                fmt::format("The template language function '{}' expects its parameter {}to be {}. The "
                            "provided value is of type '{}'. Please see https://aka.ms/arm-functions for "
                            "usage details.",
                            name, count() > 1 ? fmt::format("at position {} ", index + 1) : std::string(),
                            expected, type_name(at(index))));
}

const Function* find_function(std::string_view name) {
    static const std::vector<std::span<const Function>> tables = {
        text_functions(), encoding_functions(), number_functions(), list_functions(),
        date_functions(), place_functions(),    asking_functions()};
    for (const std::span<const Function> table : tables)
        for (const Function& function : table)
            if (iequals(function.name, name)) return &function;
    return istarts_with(name, "list") ? find_function("list") : nullptr;
}

bool is_asking(std::string_view name) { return iequals(name, "reference") || istarts_with(name, "list"); }

std::string_view type_name(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null:
            return "Null";
        case Json::value_t::boolean:
            return "Boolean";
        case Json::value_t::string:
            return "String";
        case Json::value_t::array:
            return "Array";
        case Json::value_t::object:
            return "Object";
        case Json::value_t::number_float:
            return "Float";
        default:
            return "Integer";
    }
}

std::string written(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
    if (value.is_null()) return "";
    return compact(value);
}

namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// Where the character of that number begins; the end of the text when there are fewer.
std::size_t offset_of(std::string_view text, std::size_t number) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if (begins_character(text[at]) && number-- == 0) break;
    return at;
}

}  // namespace

std::size_t character_count(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string characters(std::string_view text, std::size_t begin, std::size_t count) {
    const std::size_t first = offset_of(text, begin);
    const std::string_view rest = text.substr(first);
    return std::string(rest.substr(0, offset_of(rest, count)));
}

}  // namespace azid::arm::templates
