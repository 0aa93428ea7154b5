#include "cli/render/python_text.hpp"

#include "cli/render/unicode.hpp"
#include "core/query/python_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::render {

namespace {

void append_repr(std::string& out, const Json& value);

// Python prefers the quote that needs no escaping: "it's", but 'say "it\'s"'.
void append_quoted(std::string& out, const std::string& text) {
    const bool apostrophe = text.find('\'') != std::string::npos;
    const char quote = apostrophe && text.find('"') == std::string::npos ? '"' : '\'';
    out += quote;
    for (const char32_t point : decode(text)) {
        if (point == static_cast<char32_t>(quote) || point == '\\') {
            out += '\\';
            append_utf8(out, point);
        } else if (point == '\n') {
            out += "\\n";
        } else if (point == '\r') {
            out += "\\r";
        } else if (point == '\t') {
            out += "\\t";
        } else if (is_printable(point)) {
            append_utf8(out, point);
        } else if (point <= 0xFF) {
            out += fmt::format("\\x{:02x}", static_cast<uint32_t>(point));
        } else if (point <= 0xFFFF) {
            out += fmt::format("\\u{:04x}", static_cast<uint32_t>(point));
        } else {
            out += fmt::format("\\U{:08x}", static_cast<uint32_t>(point));
        }
    }
    out += quote;
}

void append_object(std::string& out, const Json& object) {
    out += '{';
    bool first = true;
    for (const auto& [key, member] : object.items()) {
        if (!first) out += ", ";
        first = false;
        append_quoted(out, key);
        out += ": ";
        append_repr(out, member);
    }
    out += '}';
}

void append_array(std::string& out, const Json& array) {
    out += '[';
    bool first = true;
    for (const Json& item : array) {
        if (!first) out += ", ";
        first = false;
        append_repr(out, item);
    }
    out += ']';
}

void append_repr(std::string& out, const Json& value) {
    switch (value.type()) {
        case Json::value_t::object:
            append_object(out, value);
            return;
        case Json::value_t::array:
            append_array(out, value);
            return;
        case Json::value_t::string:
            append_quoted(out, value.get_ref<const std::string&>());
            return;
        case Json::value_t::boolean:
            out += value.get<bool>() ? "True" : "False";
            return;
        case Json::value_t::number_float:
            out += query::python_float(value.get<double>());
            return;
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned:
            out += value.dump();
            return;
        default:
            out += "None";
    }
}

}  // namespace

std::string python_repr(const Json& value) {
    std::string out;
    append_repr(out, value);
    return out;
}

std::string python_str(const Json& value) {
    return value.is_string() ? value.get<std::string>() : python_repr(value);
}

std::vector<std::pair<const std::string*, const Json*>> sorted_members(const Json& object) {
    std::vector<std::pair<const std::string*, const Json*>> members;
    members.reserve(object.size());
    for (const auto& [key, member] : object.get_ref<const Json::object_t&>())
        members.emplace_back(&key, &member);
    // The bytes of UTF-8 sort as the code points do.
    std::sort(members.begin(), members.end(),
              [](const auto& a, const auto& b) { return *a.first < *b.first; });
    return members;
}

}  // namespace azid::render
