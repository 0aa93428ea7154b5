#include "core/query/python_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace azid::query {
namespace {

struct Style {
    std::string_view null;
    std::string_view yes;
    std::string_view no;
    std::string_view between_items;
    std::string_view after_key;
    std::string (*string)(const std::string&);
};

// A quoted Python string. Characters beyond Latin-1 are taken to be printable.
std::string quoted(const std::string& text) {
    const bool doubled = text.find('\'') != std::string::npos && text.find('"') == std::string::npos;
    const char quote = doubled ? '"' : '\'';
    std::string result(1, quote);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned char c = static_cast<unsigned char>(text[i]);
        const unsigned char second = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        const bool is_latin_control = c == 0xC2 && (second <= 0xA0 || second == 0xAD);
        if (c == '\n')
            result += "\\n";
        else if (c == '\r')
            result += "\\r";
        else if (c == '\t')
            result += "\\t";
        else if (c < 0x20 || c == 0x7F)
            result += fmt::format("\\x{:02x}", c);
        else if (is_latin_control)
            result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[++i]));
        else if (c == '\\' || text[i] == quote)
            result.append({'\\', text[i]});
        else
            result += text[i];
    }
    return result + quote;
}

std::string escaped(const std::string& text) {
    return Json(text).dump(-1, ' ', true, Json::error_handler_t::replace);
}

constexpr Style repr_style{"None", "True", "False", ", ", ": ", quoted};
constexpr Style json_style{"null", "true", "false", ",", ":", escaped};

void write(std::string& out, const Json& value, const Style& style);

void write_items(std::string& out, const Json& value, const Style& style) {
    std::string_view separator;
    for (const auto& [key, item] : value.items()) {
        out += separator;
        if (value.is_object()) out.append(style.string(key)).append(style.after_key);
        write(out, item, style);
        separator = style.between_items;
    }
}

void write(std::string& out, const Json& value, const Style& style) {
    if (value.is_null()) {
        out += style.null;
    } else if (value.is_boolean()) {
        out += value.get<bool>() ? style.yes : style.no;
    } else if (value.is_string()) {
        out += style.string(value.get_ref<const std::string&>());
    } else if (value.is_number_float()) {
        out += python_float(value.get<double>());
    } else if (value.is_number()) {
        out += value.dump();
    } else {
        out += value.is_array() ? '[' : '{';
        write_items(out, value, style);
        out += value.is_array() ? ']' : '}';
    }
}

}  // namespace

std::string python_float(double number) {
    if (std::isnan(number)) return "nan";
    if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
    char digits[400];  // the longest plain notation used has 17 digits before the point
    const std::to_chars_result scientific =
        std::to_chars(digits, digits + sizeof digits, number, std::chars_format::scientific);
    std::string text(digits, scientific.ptr);
    const int exponent = std::atoi(text.c_str() + text.find('e') + 1);
    if (number != 0 && (exponent < -4 || exponent >= 16)) return text;
    const std::to_chars_result plain =
        std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed);
    text.assign(digits, plain.ptr);
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string python_str(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    std::string out;
    write(out, value, repr_style);
    return out;
}

std::string python_json(const Json& value) {
    std::string out;
    write(out, value, json_style);
    return out;
}

}  // namespace azid::query
