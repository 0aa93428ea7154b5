#include "fuzz/worlds/watch.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace azid::fuzz {

namespace {

constexpr std::array<std::string_view, 5> not_watched = {"activity_log", "journal", "state_file", "seed",
                                                         "undo_log"};

sqlite3* latest = nullptr;

struct CloseSession {
    void operator()(sqlite3_session* session) const { sqlite3session_delete(session); }
};
struct CloseIterator {
    void operator()(sqlite3_changeset_iter* iterator) const { sqlite3changeset_finalize(iterator); }
};
struct Free {
    void operator()(void* memory) const { sqlite3_free(memory); }
};

int is_watched(void*, const char* table) {
    return std::find(not_watched.begin(), not_watched.end(), table) == not_watched.end() ? 1 : 0;
}

void succeed(int code, const char* what) {
    if (code != SQLITE_OK) throw std::runtime_error(std::string(what) + ": " + sqlite3_errstr(code));
}

}  // namespace

extern "C" {
// As sqlite3_auto_extension calls its functions.
static int note_connection(sqlite3* connection, const char**, const struct sqlite3_api_routines*) {
    latest = connection;
    return SQLITE_OK;
}
}

void note_connections() {
    succeed(sqlite3_auto_extension(reinterpret_cast<void (*)()>(note_connection)), "an extension");
}

sqlite3* latest_connection() { return latest; }

void run_sql(sqlite3* connection, const char* sql) {
    if (sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(std::string(sql) + ": " + sqlite3_errmsg(connection));
}

struct Watch::Inside {
    std::unique_ptr<sqlite3_session, CloseSession> session;
};

Watch::Watch(sqlite3* connection) : inside_(std::make_unique<Inside>()) {
    sqlite3_session* raw = nullptr;
    succeed(sqlite3session_create(connection, "main", &raw), "a session");
    inside_->session.reset(raw);
    sqlite3session_table_filter(raw, is_watched, nullptr);
    succeed(sqlite3session_attach(raw, nullptr), "a session's tables");
}

Watch::~Watch() = default;

std::string Watch::changed_tables() {
    if (sqlite3session_isempty(inside_->session.get()) == 1) return {};
    int size = 0;
    void* raw = nullptr;
    const int code = sqlite3session_changeset(inside_->session.get(), &size, &raw);
    const std::unique_ptr<void, Free> changes(raw);
    succeed(code, "what changed");
    sqlite3_changeset_iter* begun = nullptr;
    succeed(sqlite3changeset_start(&begun, size, raw), "what changed");
    const std::unique_ptr<sqlite3_changeset_iter, CloseIterator> iterator(begun);
    std::string tables;
    std::string_view before;
    while (sqlite3changeset_next(begun) == SQLITE_ROW) {
        const char* table = nullptr;
        int columns = 0;
        int operation = 0;
        sqlite3changeset_op(begun, &table, &columns, &operation, nullptr);
        if (table == before) continue;
        before = table;
        tables += (tables.empty() ? "" : " ") + std::string(table);
    }
    return tables;
}

}  // namespace azid::fuzz
