#include "store/json_lists.hpp"

#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/rbac/model.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

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

// Whether the text is its own JSON string but for the quotation marks.
bool is_plain(std::string_view text) {
    for (const char c : text)
        if (c < ' ' || c > '~' || c == '"' || c == '\\') return false;
    return true;
}

// Those of roles are written by the thousand when a state is made.
void add_quoted(std::string& out, const std::string& text) {
    if (is_plain(text))
        (out += '"').append(text) += '"';
    else
        out += compact(Json(text));
}

void add_list(std::string& out, const std::vector<std::string>& texts) {
    char before = '[';
    for (const std::string& text : texts) {
        out += before;
        add_quoted(out, text);
        before = ',';
    }
    out += texts.empty() ? "[]" : "]";
}

void add_text_member(std::string& object, const char* name, const std::string& value) {
    if (value.empty()) return;
    object.append(",\"").append(name).append("\":");
    add_quoted(object, value);
}

}  // namespace

std::string list_text(const std::vector<std::string>& texts) {
    std::string list;
    add_list(list, texts);
    return list;
}

std::vector<std::string> list_of(std::string_view json) { return texts_in(array_in(json)); }

std::string permissions_text(const std::vector<Permission>& permissions) {
    std::string array;
    for (const Permission& permission : permissions) {
        char before = '{';
        array += array.empty() ? '[' : ',';
        for (const auto& [name, list] : action_lists) {
            ((array += before) += '"').append(name).append("\":");
            add_list(array, permission.*list);
            before = ',';
        }
        add_text_member(array, "condition", permission.condition);
        add_text_member(array, "conditionVersion", permission.condition_version);
        array += '}';
    }
    return permissions.empty() ? "[]" : array += ']';
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
