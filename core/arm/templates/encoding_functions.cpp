// base64, uri and json: functions that write a value in another form.
#include "core/arm/templates/functions.hpp"
#include "core/arm/templates/reader.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cctype>

namespace azid::arm::templates {

namespace {

Json to_base64(const Call& call) { return base64(call.text(0)); }

std::string decoded(const Call& call) {
    const std::optional<std::string> bytes = from_base64(call.text(0));
    if (!bytes) call.refuse("the parameter is not a valid base64 string");
    return *bytes;
}

Json from_base64_text(const Call& call) { return decoded(call); }

Json parsed(const Call& call, const std::string& text) {
    try {
        return read_json(text);
    } catch (const Error&) {
        call.refuse("the parameter is not valid JSON");
    }
}

Json from_base64_json(const Call& call) { return parsed(call, decoded(call)); }
Json json(const Call& call) { return parsed(call, call.text(0)); }

Json uri_component(const Call& call) {
    std::string out;
    for (const char c : call.text(0)) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || std::string_view("-_.~").find(c) != std::string_view::npos)
            out += c;
        else
            out += fmt::format("%{:02X}", byte);
    }
    return out;
}

Json uri_component_to_text(const Call& call) {
    const std::string& text = call.text(0);
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool escaped = text[at] == '%' && at + 2 < text.size() &&
                             std::isxdigit(static_cast<unsigned char>(text[at + 1])) != 0 &&
                             std::isxdigit(static_cast<unsigned char>(text[at + 2])) != 0;
        if (!escaped) {
            out += text[at];
            continue;
        }
        out += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
        at += 2;
    }
    return out;
}

// The second, as a browser reads it on the page of the first.
Json uri(const Call& call) {
    const std::string& base = call.text(0);
    const std::string& relative = call.text(1);
    if (relative.find("://") != std::string::npos) return relative;
    const std::size_t host = base.find("://");
    if (host == std::string::npos) call.refuse("the first parameter is not an absolute uri");
    const std::size_t path = base.find('/', host + 3);
    if (path == std::string::npos) return base + (relative.starts_with('/') ? "" : "/") + relative;
    if (relative.starts_with('/')) return base.substr(0, path) + relative;
    return base.substr(0, base.rfind('/') + 1) + relative;
}

Json data_uri(const Call& call) {
    return "data:text/plain;charset=utf8;base64," + base64(written(call.at(0)));
}

Json data_uri_to_text(const Call& call) {
    const std::string& text = call.text(0);
    const std::size_t comma = text.find(',');
    if (!text.starts_with("data:") || comma == std::string::npos)
        call.refuse("the parameter is not a valid data uri");
    const std::string data = text.substr(comma + 1);
    if (text.substr(0, comma).find(";base64") == std::string::npos) return data;
    const std::optional<std::string> bytes = from_base64(data);
    if (!bytes) call.refuse("the parameter is not a valid data uri");
    return *bytes;
}

constexpr Function table[] = {
    {"base64", 1, 1, to_base64},
    {"base64ToString", 1, 1, from_base64_text},
    {"base64ToJson", 1, 1, from_base64_json},
    {"json", 1, 1, json},
    {"uriComponent", 1, 1, uri_component},
    {"uriComponentToString", 1, 1, uri_component_to_text},
    {"uri", 2, 2, uri},
    {"dataUri", 1, 1, data_uri},
    {"dataUriToString", 1, 1, data_uri_to_text},
};

}  // namespace

std::span<const Function> encoding_functions() { return table; }

}  // namespace azid::arm::templates
