#include "store/json_lists.hpp"

#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/rbac/model.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace azid::store {

namespace {

using rbac::DenyPrincipal;
using rbac::Permission;

[[noreturn]] void refuse(std::string_view text) {
    throw Error(fault::state, fmt::format("The state file holds '{}' where a JSON array belongs.", text));
}

Json array_in(std::string_view text) {
    Json array = Json::parse(text, nullptr, false);
    if (!array.is_array()) refuse(text);
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

// Takes the permissions out of an array's text as it is parsed, with no tree of values in between: there are
// hundreds of roles. What is no object, no list or no text is passed over.
class PermissionReader : public nlohmann::json_sax<Json> {
  public:
    std::vector<Permission> permissions;
    bool is_array = false;

    bool start_array(std::size_t) override {
        if (depth_ == 0) is_array = true;
        if (depth_ == 2) begin_list();
        ++depth_;
        return true;
    }
    bool end_array() override {
        if (--depth_ == 2) list_ = nullptr;
        return true;
    }
    bool start_object(std::size_t) override {
        if (depth_ == 1) permissions.emplace_back();
        ++depth_;
        return true;
    }
    bool end_object() override {
        --depth_;
        return true;
    }
    bool key(std::string& name) override {
        if (depth_ == 2) member_ = name;
        return true;
    }
    bool string(std::string& text) override {
        if (std::string* const place = place_of_text()) *place = std::move(text);
        return true;
    }
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(std::int64_t) override { return true; }
    bool number_unsigned(std::uint64_t) override { return true; }
    bool number_float(double, const std::string&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

  private:
    void begin_list() {
        for (const auto& [name, list] : action_lists)
            if (member_ == name && !permissions.empty()) list_ = &(permissions.back().*list);
        if (list_ != nullptr) list_->clear();
    }

    // Null for a text that is passed over.
    std::string* place_of_text() {
        if (depth_ == 3 && list_ != nullptr) return &list_->emplace_back();
        if (depth_ != 2 || permissions.empty()) return nullptr;
        if (member_ == "condition") return &permissions.back().condition;
        return member_ == "conditionVersion" ? &permissions.back().condition_version : nullptr;
    }

    int depth_ = 0;
    std::string member_;
    std::vector<std::string>* list_ = nullptr;
};

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
    PermissionReader reader;
    if (!Json::sax_parse(json, &reader) || !reader.is_array) refuse(json);
    return std::move(reader.permissions);
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
