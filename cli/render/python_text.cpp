#include "cli/render/python_text.hpp"

#include "cli/render/unicode.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

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
            out += python_float(value.get<double>());
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

std::string python_float(double number) {
    if (std::isnan(number)) return "nan";
    if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
    std::array<char, 40> buffer{};
    const std::to_chars_result end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
    const std::string_view text(buffer.data(), static_cast<size_t>(end.ptr - buffer.data()));
    const size_t e = text.find('e');
    const int exponent = std::atoi(std::string(text.substr(e + 1)).c_str());
    const std::string_view sign = text.front() == '-' ? "-" : "";
    std::string digits;
    for (const char c : text.substr(0, e))
        if (c >= '0' && c <= '9') digits += c;
    if (exponent < -4 || exponent >= 16) {
        const std::string fraction = digits.size() > 1 ? "." + digits.substr(1) : "";
        return fmt::format("{}{}{}e{}{:02}", sign, digits[0], fraction, exponent < 0 ? '-' : '+',
                           std::abs(exponent));
    }
    if (exponent < 0)
        return fmt::format("{}0.{}{}", sign, std::string(static_cast<size_t>(-exponent - 1), '0'), digits);
    const size_t whole = static_cast<size_t>(exponent) + 1;
    if (digits.size() < whole + 1) digits.append(whole + 1 - digits.size(), '0');
    return fmt::format("{}{}.{}", sign, digits.substr(0, whole), digits.substr(whole));
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
