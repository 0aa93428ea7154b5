#include "core/snapshot/diff.hpp"

#include "core/base/text.hpp"
#include "core/snapshot/words.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>

namespace azid::snapshot {

namespace {

constexpr const char* hidden = "(hidden)";

// The rows of one table under their things' ids.
struct Entry {
    Thing thing;
    const Row* row = nullptr;
};
using Entries = std::map<std::string, Entry, ILess>;

Entries entries_of(const Table& table) {
    Entries entries;
    for (const Row& row : table.rows) {
        Thing thing = thing_of(table, row);
        std::string id = thing.id;
        entries.emplace(std::move(id), Entry{std::move(thing), &row});
    }
    return entries;
}

Json shown(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* bytes = std::get_if<Bytes>(&value)) return std::to_string(bytes->bytes.size()) + " bytes";
    return nullptr;
}

// Empty unless the value is a JSON object.
std::optional<Json> object_of(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr || !text->starts_with('{')) return {};
    Json object = Json::parse(*text, nullptr, false);
    if (!object.is_object()) return {};
    return object;
}

void add_member(Json& members, const std::string& name, Json before, Json after, bool secret) {
    if (secret && !before.is_null()) before = hidden;
    if (secret && !after.is_null()) after = hidden;
    members.push_back({{"name", name}, {"before", std::move(before)}, {"after", std::move(after)}});
}

// What of a document may be seen.
Json without_secrets(const Json& value) {
    if (value.is_array()) {
        Json list = Json::array();
        for (const Json& one : value) list.push_back(without_secrets(one));
        return list;
    }
    if (!value.is_object()) return value;
    Json object = Json::object();
    for (const auto& [name, one] : value.items())
        object[name] = is_secret_member(name) && !one.is_null() ? Json(hidden) : without_secrets(one);
    return object;
}

void compare(Json& members, const std::string& path, const Json& before, const Json& after) {
    for (const auto& [name, value] : before.items()) {
        const Json* other = after.contains(name) ? &after[name] : nullptr;
        const std::string at = path + "." + name;
        if (other == nullptr)
            add_member(members, at, without_secrets(value), nullptr, is_secret_member(name));
        else if (value.is_object() && other->is_object() && !is_secret_member(name))
            compare(members, at, value, *other);
        else if (value != *other)
            add_member(members, at, without_secrets(value), without_secrets(*other), is_secret_member(name));
    }
    for (const auto& [name, value] : after.items())
        if (!before.contains(name))
            add_member(members, path + "." + name, nullptr, without_secrets(value), is_secret_member(name));
}

Json members_of(const Table& table, const Row& before, const Row& after) {
    Json members = Json::array();
    for (std::size_t i = 0; i < table.columns.size() && i < before.size() && i < after.size(); ++i) {
        if (before[i] == after[i]) continue;
        const std::string name = member_name(table.columns[i].name);
        const std::optional<Json> was = object_of(before[i]);
        const std::optional<Json> is = object_of(after[i]);
        const bool secret = is_secret(table.name, table.columns[i].name);
        if (was && is && !secret)
            compare(members, name, *was, *is);
        else
            add_member(members, name, was ? without_secrets(*was) : shown(before[i]),
                       is ? without_secrets(*is) : shown(after[i]), secret);
    }
    return members;
}

struct Changes {
    Json list = Json::array();
    std::map<std::string, std::size_t, ILess> places;
};

// One change, joined to the one before it of the same thing: a virtual machine is a row of two tables.
void add(Changes& changes, const char* change, const Thing& thing, Json members) {
    const std::string key = std::string(change) + " " + thing.type + " " + thing.id;
    const auto [known, is_new] = changes.places.emplace(key, changes.list.size());
    if (!is_new) {
        for (Json& member : members) changes.list[known->second]["members"].push_back(std::move(member));
        return;
    }
    changes.list.push_back({{"change", change},
                            {"type", thing.type},
                            {"id", thing.id},
                            {"name", thing.name.empty() ? Json(nullptr) : Json(thing.name)},
                            {"members", std::move(members)}});
}

const Table* table_named(const Contents& contents, std::string_view name) {
    for (const Table& table : contents.tables)
        if (table.name == name) return &table;
    return nullptr;
}

void compare_tables(Changes& changes, const Table& before, const Table& after) {
    const Entries old_ones = entries_of(before);
    const Entries new_ones = entries_of(after);
    for (const auto& [id, entry] : old_ones)
        if (!new_ones.contains(id)) add(changes, "removed", entry.thing, Json::array());
    for (const auto& [id, entry] : new_ones) {
        const auto known = old_ones.find(id);
        if (known == old_ones.end()) {
            add(changes, "added", entry.thing, Json::array());
            continue;
        }
        if (*known->second.row != *entry.row)
            add(changes, "changed", entry.thing, members_of(after, *known->second.row, *entry.row));
    }
}

}  // namespace

Json differences(const Contents& before, const Contents& after) {
    Changes changes;
    for (const Table& table : after.tables) {
        if (is_history(table.name)) continue;
        const Table* other = table_named(before, table.name);
        if (other != nullptr && other->rows == table.rows) continue;
        const Table none{table.name, table.columns, {}};
        compare_tables(changes, other == nullptr ? none : *other, table);
    }
    return std::move(changes.list);
}

}  // namespace azid::snapshot
