// A state's document. Either the whole of it in JSON, or lines "table row column value" that change the
// document of a small state: the value is JSON, and is taken away where there is none.
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/snapshot/document.hpp"
#include "core/snapshot/ports.hpp"
#include "fuzz/support/target.hpp"
#include "support/world.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>

namespace azid::fuzz { namespace {

// Whether some value of a row is the text.
bool names(const snapshot::Row& row, const snapshot::Value& text) {
    return std::find(row.begin(), row.end(), text) != row.end();
}

// Of what there are many rows alike, a few: each costs time in every execution.
snapshot::Contents made_small(snapshot::Contents contents) {
    std::map<std::string, snapshot::Table*> tables;
    for (snapshot::Table& table : contents.tables) tables[table.name] = &table;
    constexpr std::size_t few = 2;
    for (const char* const history : {"activity_log", "journal"}) {
        std::vector<snapshot::Row>& rows = tables.at(history)->rows;
        rows.resize(std::min(rows.size(), few));
    }
    const std::vector<snapshot::Row>& assignments = tables.at("role_assignments")->rows;
    std::erase_if(tables.at("role_definitions")->rows, [&](const snapshot::Row& role) {
        return std::none_of(assignments.begin(), assignments.end(),
                            [&](const snapshot::Row& assignment) { return names(assignment, role.front()); });
    });
    return contents;
}

// Less than a Box, for the same reason.
class Small {
  public:
    static Small& only() {
        static Small small;
        return small;
    }
    State& state() { return world_.state(); }

  private:
    Small() {
        world_.add_group("rg");
        world_.add_identity("rg", "one");
        world_.add_application("app", "a-secret-that-is-known");
    }

    test::World world_;
};

const snapshot::Contents& present() {
    static const snapshot::Contents contents = made_small(Small::only().state().file().contents());
    return contents;
}

const Json& exported() {
    static const Json document = snapshot::document_of(present());
    return document;
}

std::string_view word(std::string_view& line) {
    const std::size_t end = line.find(' ');
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
    return word;
}

void change(Json& document, std::string_view line) {
    const std::string table(word(line));
    const std::string_view row = word(line);
    const std::string column(word(line));
    std::size_t number = 0;
    std::from_chars(row.data(), row.data() + row.size(), number);
    Json& tables = document["tables"];
    if (!tables.contains(table) || !tables[table].is_array()) return;
    Json value = Json::parse(line, nullptr, false);
    if (row == "+" && value.is_object()) {
        tables[table].push_back(value);
    } else if (!tables[table].empty()) {
        Json& changed = tables[table][number % tables[table].size()];
        if (value.is_discarded())
            changed.erase(column);
        else
            changed[column] = std::move(value);
    }
}

std::optional<snapshot::Contents> contents_of(const Json& document) {
    try {
        return snapshot::contents_of(document, present());
    } catch (const Error& error) {
        require(error.fault().http_status < 500, "a document that is wrong is the user's mistake",
                error.message());
        reached(error.message());
        return {};
    }
}

// The document of a state that was replaced by these contents; where that is refused, of the contents.
std::string imported(const snapshot::Contents& contents) {
    snapshot::File& file = Small::only().state().file();
    try {
        file.replace_by(contents, {});
        reached("imported");
        return compact(snapshot::document_of(file.contents()));
    } catch (const Error& error) {
        reached(error.message());
        return compact(snapshot::document_of(contents));
    }
}

// Whether such a document has not been imported yet, as far as is remembered.
bool is_new(const std::string& text) {
    constexpr std::size_t most = 1 << 20;
    static std::unordered_set<std::size_t> seen;
    if (seen.size() == most) seen.clear();
    return seen.insert(std::hash<std::string>()(text)).second;
}

void take(std::string_view bytes) {
    Json document = exported();
    if (bytes.starts_with('{')) {
        try {
            document = parse_json(bytes);
        } catch (const Error& error) {
            return reached(error.message());
        }
    } else {
        for (Input input(bytes); !input.is_over();) change(document, input.line());
    }
    const std::optional<snapshot::Contents> contents = contents_of(document);
    if (!contents) return;
    const std::string text = compact(snapshot::document_of(*contents));
    const std::optional<snapshot::Contents> again = contents_of(parse_json(text));
    require(again.has_value(), "what was taken once is taken again", text);
    if (!is_new(text)) return;
    require(imported(*again) == text, "a document reads back as itself, and is exported as it was imported",
            text);
}

const Registration registration({"import", take});

}}  // namespace azid::fuzz
