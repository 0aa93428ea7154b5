#include "core/base/json.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/scan.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace azid {

namespace {

constexpr std::size_t deepest = 200;
// To read an object takes the square of its members' number.
constexpr std::size_t most_members = 2000;

// What is wrong with a text whose brackets nest deeper than anything of Azure's does (what walks through a
// value uses the stack), or that has a larger object; empty when nothing is. Whether it is JSON is not asked.
std::string excess(std::string_view text) {
    std::vector<std::size_t> members;  // of what is open: how many there are at least; of lists always 0
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\') {
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '[' || c == '{')) {
            if (members.size() == deepest) return fmt::format("It nests deeper than {} levels.", deepest);
            members.push_back(c == '{' ? 1 : 0);
        } else if (!quoted && (c == ']' || c == '}') && !members.empty()) {
            members.pop_back();
        } else if (!quoted && c == ',' && !members.empty() && members.back() > 0) {
            if (members.back()++ == most_members)
                return fmt::format("It has an object of more than {} members.", most_members);
        }
    }
    return {};
}

// The parser repeats what it has read last, which may be long, and secret: its beginning says enough.
std::string shortened(std::string_view problem) {
    constexpr std::string_view last = "; last read: '";
    constexpr std::size_t shown = 20;
    const std::size_t at = problem.find(last);
    if (at == std::string_view::npos || problem.size() <= at + last.size() + shown)
        return std::string(problem.substr(0, 300));
    std::string out(problem.substr(0, std::min(at + last.size() + shown, std::size_t{300})));
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80) out.pop_back();
    return out + "...'";
}

std::string dumped(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Of ASCII without anything to escape, as nearly all are, at one go.
void append_text(std::string& out, std::string_view text) {
    const bool is_plain = plain_in_json(text) == text.size() && is_ascii(text);
    if (!is_plain) {
        out += dumped(Json(text));
        return;
    }
    out += '"';
    out += text;
    out += '"';
}

void append(std::string& out, const Json& value) {
    char separator = 0;
    const auto separate = [&](char begin) { out += std::exchange(separator, ',') == 0 ? begin : ','; };
    if (value.is_string()) {
        append_text(out, value.get_ref<const std::string&>());
    } else if (value.is_object() && !value.empty()) {
        for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
            separate('{');
            append_text(out, name);
            out += ':';
            append(out, member);
        }
        out += '}';
    } else if (value.is_array() && !value.empty()) {
        for (const Json& element : value) {
            separate('[');
            append(out, element);
        }
        out += ']';
    } else {
        out += dumped(value);
    }
}

}  // namespace

Json parse_json(std::string_view text) {
    if (const std::string problem = excess(text); !problem.empty())
        throw Error(
            fault::invalid_request_content,
            fmt::format("The request content was invalid and could not be deserialized: '{}'.", problem));
    try {
        return Json::parse(text);
    } catch (const Json::exception& problem) {  // a number too big for any type is no parse_error
        throw Error(fault::invalid_request_content,
                    fmt::format("The request content was invalid and could not be deserialized: '{}'.",
                                shortened(problem.what())));
    }
}

std::string compact(const Json& value) {
    std::string out;
    append(out, value);
    return out;
}

std::size_t JsonMember::longest() const {
    constexpr std::size_t quotes_and_number = 24;
    return name_.size() + text_.size() + quotes_and_number;
}

void JsonMember::append_to(std::string& object) const {
    object += object.empty() ? "{\"" : ",\"";
    object += name_;
    object += "\":";
    if (kind_ == Kind::text)
        append_text(object, text_);
    else if (kind_ == Kind::json)
        object += text_;
    else
        object += std::to_string(number_);
}

std::string compact_object(std::initializer_list<JsonMember> members) {
    std::size_t longest = 2;
    for (const JsonMember& member : members) longest += member.longest();
    std::string out;
    out.reserve(longest);
    for (const JsonMember& member : members) member.append_to(out);
    out += out.empty() ? "{}" : "}";
    return out;
}

std::string compact_text(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    append_text(out, text);
    return out;
}

std::string text_at(const Json& value, std::string_view member) {
    if (!value.is_object()) return {};
    const auto found = value.find(std::string(member));
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const Json* find(const Json& value, std::string_view path) {
    const size_t dot = path.find('.');
    const std::string_view head = path.substr(0, dot);
    if (!value.is_object()) return nullptr;
    for (const auto& [key, member] : value.items())
        if (iequals(key, head))
            return dot == std::string_view::npos ? &member : find(member, path.substr(dot + 1));
    return nullptr;
}

}  // namespace azid
