#include "core/base/json.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid {

Json parse_json(std::string_view text) {
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& problem) {
        throw Error(fault::invalid_request_content,
                    fmt::format("The request content was invalid and could not be deserialized: '{}'.",
                                problem.what()));
    }
}

std::string compact(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

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
