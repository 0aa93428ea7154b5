#include "core/snapshot/older_documents.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

namespace azid::snapshot {

namespace {

bool are_rows(const Json& tables, const char* name) {
    const auto rows = tables.find(name);
    return rows != tables.end() && rows->is_array() &&
           std::all_of(rows->begin(), rows->end(), [](const Json& row) { return row.is_object(); });
}

std::int64_t number_at(const Json& row, const char* member) {
    const auto found = row.find(member);
    return found != row.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

// By the number of the run; 0 for those from before there was a journal.
std::map<std::int64_t, Json> steps_by_run(const Json& events) {
    std::map<std::int64_t, Json> steps;
    for (const Json& row : events) {
        Json step = Json::object();
        for (const auto& [name, value] : row.items())
            if (name != "id" && name != "journal_id") step[name == "actor_name" ? "actorName" : name] = value;
        steps[number_at(row, "journal_id")].push_back(std::move(step));
    }
    return steps;
}

}  // namespace

Json tables_of_today(Json tables, int state_version) {
    constexpr int first_with_steps = 6;
    if (state_version >= first_with_steps || !are_rows(tables, "events")) return tables;
    std::map<std::int64_t, Json> steps = steps_by_run(tables["events"]);
    tables.erase("events");
    if (!tables.contains("journal")) tables["journal"] = Json::array();
    if (!are_rows(tables, "journal")) return tables;
    Json journal = Json::array();
    if (const auto early = steps.find(0); early != steps.end())
        journal.push_back({{"id", 0},
                           {"at", text_at(early->second.front(), "at")},
                           {"kind", ""},
                           {"line", ""},
                           {"correlation", ""},
                           {"status", ""},
                           {"steps", std::move(early->second)}});
    for (Json& row : tables["journal"]) {
        const auto own = steps.find(number_at(row, "id"));
        if (own != steps.end() && own->first != 0) row["steps"] = std::move(own->second);
        journal.push_back(std::move(row));
    }
    tables["journal"] = std::move(journal);
    return tables;
}

}  // namespace azid::snapshot
