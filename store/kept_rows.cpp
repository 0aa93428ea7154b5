#include "store/kept_rows.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "store/database.hpp"
#include "store/query.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <vector>

namespace azid::store {

namespace {

struct Kept {
    std::string_view type;
    std::string_view table;
    std::string_view column;  // that holds the object's id
};

// The object itself first.
constexpr Kept kept_tables[] = {
    {"application", "applications", "id"},
    {"application", "client_secrets", "owner_id"},
    {"application", "key_credentials", "owner_id"},
    {"application", "federated_identities", "application_id"},
    {"application", "owners", "object_id"},
    {"group", "groups", "id"},
    {"group", "group_members", "group_id"},
    {"group", "group_members", "member_id"},
    {"group", "owners", "object_id"},
    {"servicePrincipal", "service_principals", "id"},
    {"servicePrincipal", "service_principal_names", "service_principal_id"},
    {"servicePrincipal", "client_secrets", "owner_id"},
    {"servicePrincipal", "key_credentials", "owner_id"},
    {"servicePrincipal", "owners", "object_id"},
    {"servicePrincipal", "group_members", "member_id"},
    {"servicePrincipal", "app_role_assignments", "principal_id"},
    {"user", "users", "id"},
    {"user", "client_secrets", "owner_id"},
    {"user", "group_members", "member_id"},
    {"user", "owners", "owner_id"},
};

// Ties of rows to what has gone meanwhile.
constexpr const char* dangling_ties =
    "DELETE FROM group_members WHERE group_id NOT IN (SELECT id FROM groups);"
    "DELETE FROM app_role_assignments WHERE resource_id NOT IN (SELECT id FROM service_principals);";

std::vector<std::string> columns_of(Database& database, std::string_view table) {
    std::vector<std::string> columns;
    Query query(database, "SELECT name FROM pragma_table_info(?)");
    query.bind(table);
    std::string name;
    while (query.next()) {
        query.into(name);
        columns.push_back(name);
    }
    return columns;
}

// SQL that makes a JSON object of a row.
std::string row_as_json(const std::vector<std::string>& columns) {
    std::vector<std::string> members;
    for (const std::string& column : columns)
        members.push_back(
            fmt::format(R"('{0}', json_array(typeof("{0}"), CASE typeof("{0}") WHEN 'blob' THEN )"
                        R"(hex("{0}") ELSE "{0}" END))",
                        column));
    return fmt::format("json_object({})", join(members, ", "));
}

[[noreturn]] void refuse() {
    throw Error(fault::state, "The state file holds a deleted object that cannot be read.");
}

std::string literal(const Json& value) {
    if (!value.is_array() || value.size() != 2 || !value[0].is_string()) refuse();
    const std::string type = value[0].get<std::string>();
    if (type == "null") return "NULL";
    if (type == "integer" && value[1].is_number_integer())
        return std::to_string(value[1].get<std::int64_t>());
    if (!value[1].is_string()) refuse();
    const std::string text = value[1].get<std::string>();
    if (type == "text" && text.find('\0') == std::string::npos)
        return "'" + replace_all(text, "'", "''") + "'";
    const bool hex =
        std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
    if (type != "blob" || !hex || text.size() % 2 != 0) refuse();
    return "X'" + text + "'";
}

void put_back(Database& database, const Kept& kept, const Json& row) {
    std::vector<std::string> columns;
    std::vector<std::string> values;
    for (const std::string& column : columns_of(database, kept.table)) {
        const auto value = row.find(column);
        if (value == row.end()) continue;
        columns.push_back("\"" + column + "\"");
        values.push_back(literal(*value));
    }
    if (columns.empty()) refuse();
    database.execute(fmt::format("INSERT OR IGNORE INTO \"{}\" ({}) VALUES ({})", kept.table,
                                 join(columns, ", "), join(values, ", "))
                         .c_str());
}

}  // namespace

std::string kept_rows(Database& database, std::string_view type, std::string_view id) {
    Json all = Json::object();
    for (const Kept& kept : kept_tables) {
        if (kept.type != type) continue;
        Json& rows = all[std::string(kept.table)];
        if (rows.is_null()) rows = Json::array();
        Query query(database,
                    fmt::format(R"(SELECT {} FROM "{}" WHERE "{}" = ? ORDER BY rowid)",
                                row_as_json(columns_of(database, kept.table)), kept.table, kept.column));
        query.bind(id);
        std::string row;
        while (query.next()) {
            query.into(row);
            rows.push_back(Json::parse(row));
        }
    }
    return compact(all);
}

void put_back_rows(Database& database, std::string_view type, std::string_view rows) {
    const Json all = Json::parse(rows, nullptr, false);
    if (!all.is_object()) refuse();
    for (const Kept& kept : kept_tables) {
        if (kept.type != type) continue;
        const auto found = all.find(kept.table);
        if (found == all.end() || !found->is_array()) continue;
        for (const Json& row : *found) {
            if (!row.is_object()) refuse();
            put_back(database, kept, row);
        }
    }
    database.execute(dangling_ties);
}

}  // namespace azid::store
