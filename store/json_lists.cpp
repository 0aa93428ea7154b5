#include "store/json_lists.hpp"

#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/rbac/model.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::store {

namespace {

using rbac::DenyPrincipal;
using rbac::Permission;

Json array_in(std::string_view text) {
    Json array = Json::parse(text, nullptr, false);
    if (!array.is_array())
        throw Error(fault::state, fmt::format("The state file holds '{}' where a JSON array belongs.", text));
    return array;
}

std::vector<std::string> texts_in(const Json& array) {
    std::vector<std::string> texts;
    if (!array.is_array()) return texts;
    texts.reserve(array.size());
    for (const Json& text : array)
        if (text.is_string()) texts.push_back(text.get_ref<const std::string&>());
    return texts;
}

struct ActionList {
    const char* name;
    std::vector<std::string> Permission::*list;
};

constexpr ActionList action_lists[] = {
    {"actions", &Permission::actions},
    {"notActions", &Permission::not_actions},
    {"dataActions", &Permission::data_actions},
    {"notDataActions", &Permission::not_data_actions},
};

Permission permission_in(const Json& object) {
    Permission permission;
    for (const auto& [name, list] : action_lists) {
        const auto member = object.find(name);
        if (member != object.end()) permission.*list = texts_in(*member);
    }
    permission.condition = text_at(object, "condition");
    permission.condition_version = text_at(object, "conditionVersion");
    return permission;
}

// A JSON string. Those of roles are written by the thousand when a state is made, and hardly ever need more
// than the quotation marks.
std::string quoted(const std::string& text) {
    const bool plain = std::all_of(text.begin(), text.end(),
                                   [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
    return plain ? fmt::format("\"{}\"", text) : compact(Json(text));
}

void add_member(std::string& object, const char* name, const std::string& value) {
    object.append(object.empty() ? "" : ",").append(quoted(name)).append(":").append(value);
}

}  // namespace

std::string list_text(const std::vector<std::string>& texts) {
    std::string list = "[";
    for (const std::string& text : texts) list.append(list.size() > 1 ? "," : "").append(quoted(text));
    return list += "]";
}

std::vector<std::string> list_of(std::string_view json) { return texts_in(array_in(json)); }

std::string permissions_text(const std::vector<Permission>& permissions) {
    std::string array = "[";
    for (const Permission& permission : permissions) {
        std::string object;
        for (const auto& [name, list] : action_lists) add_member(object, name, list_text(permission.*list));
        if (!permission.condition.empty()) add_member(object, "condition", quoted(permission.condition));
        if (!permission.condition_version.empty())
            add_member(object, "conditionVersion", quoted(permission.condition_version));
        array.append(array.size() > 1 ? "," : "").append("{").append(object).append("}");
    }
    return array += "]";
}

std::vector<Permission> permissions_of(std::string_view json) {
    std::vector<Permission> permissions;
    for (const Json& object : array_in(json))
        if (object.is_object()) permissions.push_back(permission_in(object));
    return permissions;
}

std::string principals_text(const std::vector<DenyPrincipal>& principals) {
    Json array = Json::array();
    for (const DenyPrincipal& principal : principals)
        array.push_back({{"id", principal.id}, {"type", principal.type}});
    return compact(array);
}

std::vector<DenyPrincipal> principals_of(std::string_view json) {
    std::vector<DenyPrincipal> principals;
    for (const Json& object : array_in(json))
        principals.push_back({text_at(object, "id"), text_at(object, "type")});
    return principals;
}

}  // namespace azid::store
