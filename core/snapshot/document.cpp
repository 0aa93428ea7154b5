#include "core/snapshot/document.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/time.hpp"
#include "core/snapshot/older_documents.hpp"
#include "core/snapshot/words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace azid::snapshot {

namespace {

constexpr const char* format_name = "azid state";
constexpr int format_version = 1;
constexpr const char* roles = "role_definitions";

[[noreturn]] void refuse(const std::string& place, const std::string& what) {
    throw Error(fault::client,
                fmt::format("The document is no state of azid: {} {}. Nothing was changed.", place, what));
}

bool is_builtin_role(const Table& table, const Row& row) {
    if (table.name != roles) return false;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].name == "type") return row[i] == Value(std::string("BuiltInRole"));
    return false;
}

// A document stands in the document as itself, where reading and writing gives the same text again.
Json text_json(const Column& column, const std::string& text) {
    if (is_document(column.name) && (text.starts_with('{') || text.starts_with('['))) {
        Json value = Json::parse(text, nullptr, false);
        if (!value.is_discarded() && compact(value) == text) return value;
    }
    return text;
}

Json json_of(const Column& column, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return text_json(column, *text);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    return base64(std::get<Bytes>(value).bytes);
}

Value text_value(const Column& column, const Json& value, const std::string& place) {
    if (is_document(column.name) && value.is_structured()) return compact(value);
    if (!value.is_string())
        refuse(place,
               is_document(column.name) ? "is neither a JSON object, a list, nor a text" : "is no text");
    const std::string& text = value.get_ref<const std::string&>();
    if (is_date(column.name) && !parse_utc(text))
        refuse(place, fmt::format("is '{}', which is no date", text));
    return text;
}

Value value_of(const Column& column, const Json& value, const std::string& place) {
    switch (column.type) {
        case Type::integer:
            if (!value.is_number_integer() ||
                (value.is_number_unsigned() &&
                 value.get<std::uint64_t>() >
                     static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())))
                refuse(place, "is no whole number");
            return value.get<std::int64_t>();
        case Type::bytes: {
            const std::optional<std::string> bytes =
                value.is_string() ? from_base64(value.get_ref<const std::string&>()) : std::nullopt;
            if (!bytes) refuse(place, "is no base64 text");
            return Bytes{*bytes};
        }
        default:
            return text_value(column, value, place);
    }
}

Row row_of(const Table& table, const Json& object, const std::string& place) {
    if (!object.is_object()) refuse(place, "is no object");
    for (const auto& [name, value] : object.items())
        if (std::none_of(table.columns.begin(), table.columns.end(),
                         [&, &wanted = name](const Column& column) { return column.name == wanted; }))
            refuse(place, fmt::format("has a member '{}' that azid does not know", name));
    Row row;
    for (const Column& column : table.columns) {
        const auto found = object.find(column.name);
        const bool given = found != object.end() && !found->is_null();
        if (!given && column.required) refuse(place, fmt::format("lacks '{}'", column.name));
        row.push_back(given ? value_of(column, *found, fmt::format("{}.{}", place, column.name)) : Value());
    }
    return row;
}

void check_head(const Json& document, const Contents& present) {
    if (!document.is_object()) refuse("it", "is no object");
    for (const auto& [name, value] : document.items())
        if (name != "$schema" && name != "format" && name != "version" && name != "stateVersion" &&
            name != "tables")
            refuse("it", fmt::format("has a member '{}' that azid does not know", name));
    if (text_at(document, "format") != format_name) refuse("format", fmt::format("is not '{}'", format_name));
    const Json* version = find(document, "version");
    if (version == nullptr || *version != format_version)
        refuse("version", fmt::format("is not {}, the one that this azid reads", format_version));
    const Json* state_version = find(document, "stateVersion");
    if (state_version == nullptr || !state_version->is_number_integer() || *state_version < 1 ||
        *state_version > present.version)
        refuse("stateVersion",
               fmt::format("is not a number up to {}; a newer azid may have written it", present.version));
    const Json* tables = find(document, "tables");
    if (tables == nullptr || !tables->is_object()) refuse("tables", "is no object");
}

Json column_schema(const Column& column) {
    if (column.type == Type::integer) return {{"type", "integer"}};
    if (column.type == Type::bytes) return {{"type", "string"}, {"contentEncoding", "base64"}};
    if (is_document(column.name)) return {{"type", {"object", "array", "string"}}};
    if (is_date(column.name)) return {{"type", "string"}, {"format", "date-time"}};
    return {{"type", "string"}};
}

}  // namespace

Json document_of(const Contents& contents) {
    Json tables = Json::object();
    for (const Table& table : contents.tables) {
        Json rows = Json::array();
        for (const Row& row : table.rows) {
            if (is_builtin_role(table, row)) continue;
            Json object = Json::object();
            for (std::size_t i = 0; i < row.size(); ++i)
                if (!std::holds_alternative<std::monostate>(row[i]))
                    object[table.columns[i].name] = json_of(table.columns[i], row[i]);
            rows.push_back(std::move(object));
        }
        tables[table.name] = std::move(rows);
    }
    return {{"format", format_name},
            {"version", format_version},
            {"stateVersion", contents.version},
            {"tables", std::move(tables)}};
}

Contents contents_of(const Json& document, const Contents& present) {
    check_head(document, present);
    const Json tables = tables_of_today(document["tables"], document["stateVersion"].get<int>());
    for (const auto& [name, rows] : tables.items())
        if (std::none_of(present.tables.begin(), present.tables.end(),
                         [&, &wanted = name](const Table& table) { return table.name == wanted; }))
            refuse("tables", fmt::format("has a member '{}' that azid does not know", name));
    Contents contents{present.version, {}};
    for (const Table& known : present.tables) {
        Table table{known.name, known.columns, {}};
        for (const Row& row : known.rows)
            if (is_builtin_role(known, row)) table.rows.push_back(row);
        const auto rows = tables.find(known.name);
        if (rows != tables.end() && !rows->is_array()) refuse("tables." + known.name, "is no list");
        if (rows != tables.end())
            for (std::size_t i = 0; i < rows->size(); ++i)
                table.rows.push_back(row_of(known, (*rows)[i], fmt::format("tables.{}[{}]", known.name, i)));
        contents.tables.push_back(std::move(table));
    }
    for (const char* needed : {"tenants", "subscriptions"})
        if (!tables.contains(needed) || tables[needed].empty())
            refuse(fmt::format("tables.{}", needed), "is empty");
    return contents;
}

Json schema_of(const Contents& present) {
    Json tables = Json::object();
    for (const Table& table : present.tables) {
        Json members = Json::object();
        Json required = Json::array();
        for (const Column& column : table.columns) {
            members[column.name] = column_schema(column);
            if (column.required) required.push_back(column.name);
        }
        tables[table.name] = {{"type", "array"},
                              {"items",
                               {{"type", "object"},
                                {"properties", std::move(members)},
                                {"required", std::move(required)},
                                {"additionalProperties", false}}}};
    }
    return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
            {"title", "A state of azid"},
            {"type", "object"},
            {"properties",
             {{"$schema", {{"type", "string"}}},
              {"format", {{"const", format_name}}},
              {"version", {{"const", format_version}}},
              {"stateVersion", {{"type", "integer"}, {"minimum", 1}, {"maximum", present.version}}},
              {"tables",
               {{"type", "object"},
                {"properties", std::move(tables)},
                {"required", {"tenants", "subscriptions"}},
                {"additionalProperties", false}}}}},
            {"required", {"format", "version", "stateVersion", "tables"}},
            {"additionalProperties", false}};
}

}  // namespace azid::snapshot
