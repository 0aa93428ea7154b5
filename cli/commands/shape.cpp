#include "cli/commands/shape.hpp"

#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

Json flattened(Json body) {
    const auto found = body.find("properties");
    if (found == body.end() || !found->is_object()) return body;
    const Json properties = *found;
    body.erase("properties");
    for (const auto& [key, member] : properties.items())
        if (!body.contains(key)) body[key] = member;
    return body;
}

Json with_fields(const Json& body, std::string_view fields) {
    if (!body.is_object()) return body;
    Json shaped = Json::object();
    for (const std::string& field : split(fields, ' ')) {
        const auto found = body.find(field);
        shaped[field] = found == body.end() ? Json(nullptr) : *found;
    }
    return shaped;
}

void fill_nulls(Json& body, std::string_view path, std::string_view fields) {
    if (body.is_array()) {
        for (Json& item : body) fill_nulls(item, path, fields);
        return;
    }
    if (!body.is_object()) return;
    if (path.empty()) {
        for (const std::string& field : split(fields, ' '))
            if (!body.contains(field)) body[field] = nullptr;
        return;
    }
    const size_t dot = path.find('.');
    std::string head(path.substr(0, dot));
    if (head.ends_with("[]")) head.resize(head.size() - 2);
    const auto found = body.find(head);
    if (found != body.end())
        fill_nulls(*found, dot == std::string_view::npos ? "" : path.substr(dot + 1), fields);
}

}  // namespace azid::commands
