// Python's json.dumps(indent=2, sort_keys=True, ensure_ascii=False).
#include "cli/render/python_text.hpp"
#include "cli/render/writers.hpp"
#include "core/base/scan.hpp"
#include "core/query/python_text.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace azid::render {

namespace {

void append_escaped(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    constexpr std::string_view named = "\"\\\b\f\n\r\t";
    constexpr std::string_view names = "\"\\bfnrt";
    const std::size_t at = named.find(c);
    if (at != std::string_view::npos) {
        out += '\\';
        out += names[at];
        return;
    }
    const unsigned char byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += hex[byte >> 4];
    out += hex[byte & 15];
}

std::string float_text(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
    return query::python_float(number);
}

void append_value(std::string& out, const Json& value, size_t indent);

void append_line(std::string& out, size_t indent) {
    out += '\n';
    out.append(indent, ' ');
}

void append_object(std::string& out, const Json& object, size_t indent) {
    out += '{';
    bool first = true;
    for (const auto& [key, member] : sorted_members(object)) {
        if (!first) out += ',';
        first = false;
        append_line(out, indent + 2);
        append_json_string(out, *key);
        out += ": ";
        append_value(out, *member, indent + 2);
    }
    if (!first) append_line(out, indent);
    out += '}';
}

void append_array(std::string& out, const Json& array, size_t indent) {
    out += '[';
    bool first = true;
    for (const Json& item : array) {
        if (!first) out += ',';
        first = false;
        append_line(out, indent + 2);
        append_value(out, item, indent + 2);
    }
    if (!first) append_line(out, indent);
    out += ']';
}

void append_value(std::string& out, const Json& value, size_t indent) {
    switch (value.type()) {
        case Json::value_t::object:
            append_object(out, value, indent);
            return;
        case Json::value_t::array:
            append_array(out, value, indent);
            return;
        case Json::value_t::string:
            append_json_string(out, value.get_ref<const std::string&>());
            return;
        case Json::value_t::boolean:
            out += value.get<bool>() ? "true" : "false";
            return;
        case Json::value_t::number_float:
            out += float_text(value.get<double>());
            return;
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned:
            out += value.dump();
            return;
        default:
            out += "null";
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const std::size_t plain = plain_in_json(text);
        out.append(text.data(), plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        append_escaped(out, text.front());
        text.remove_prefix(1);
    }
    out += '"';
}

std::string write_json(const Json& value) {
    std::string out;
    append_value(out, value, 0);
    out += '\n';
    return out;
}

}  // namespace azid::render
