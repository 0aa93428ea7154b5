#include "store/undo.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "store/database.hpp"
#include "store/dates.hpp"
#include "store/failure.hpp"
#include "store/query.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace azid::store {

namespace {

constexpr std::array<std::string_view, 2> bookkeeping = {"state_file", "undo_log"};

// What happened has happened, also when its effect is taken back.
constexpr std::array<std::string_view, 2> history = {"activity_log", "journal"};

// What changes beside a command: a transaction that touches nothing else is not one to take back by itself.
constexpr std::array<std::string_view, 2> notes = {"imds_tokens", "seed"};

template <typename List>
bool has(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

constexpr int kept_commands = 50;
constexpr std::int64_t looked_at = 16;  // after so many it is looked whether there are more
// What a command may have changed to be taken back.
constexpr int most_bytes = 8 << 20;
// Notes that follow one another become one, up to this.
constexpr std::size_t most_bytes_of_notes = 64 << 10;

struct CloseSession {
    void operator()(sqlite3_session* session) const { sqlite3session_delete(session); }
};
struct CloseIterator {
    void operator()(sqlite3_changeset_iter* iterator) const { sqlite3changeset_finalize(iterator); }
};
struct CloseGroup {
    void operator()(sqlite3_changegroup* group) const { sqlite3changegroup_delete(group); }
};
struct Free {
    void operator()(void* memory) const { sqlite3_free(memory); }
};
using Memory = std::unique_ptr<void, Free>;

int wanted(void*, const char* table) { return is_bookkeeping(table) || has(history, table) ? 0 : 1; }

enum class Weight { nothing, note, command };

// Calls the function with each change's iterator, table and kind until it gives false. False where the bytes
// are no set of changes.
template <class Function>
bool for_each_change(const void* changes, std::size_t size, Function function) {
    sqlite3_changeset_iter* raw = nullptr;
    // SQLite writes nothing there; its interface is older than const.
    if (sqlite3changeset_start(&raw, static_cast<int>(size), const_cast<void*>(changes)) != SQLITE_OK)
        return false;
    const std::unique_ptr<sqlite3_changeset_iter, CloseIterator> iterator(raw);
    while (sqlite3changeset_next(raw) == SQLITE_ROW) {
        const char* table = nullptr;
        int columns = 0;
        int operation = 0;
        sqlite3changeset_op(raw, &table, &columns, &operation, nullptr);
        if (!function(raw, std::string_view(table), operation)) break;
    }
    return true;
}

Weight weight_of(const void* changes, int size) {
    Weight weight = Weight::nothing;
    const bool are_changes = for_each_change(changes, static_cast<std::size_t>(size),
                                             [&](sqlite3_changeset_iter*, std::string_view table, int) {
                                                 if (!has(notes, table))
                                                     weight = Weight::command;
                                                 else if (table != "seed")
                                                     weight = Weight::note;
                                                 return weight != Weight::command;
                                             });
    return are_changes ? weight : Weight::command;
}

// What was drawn from the seed since is drawn again, and what an IMDS holds is whatever it held before the
// note, which is not brought up to date each time (Recorder::knows); nothing else may have changed.
int conflict(void*, int kind, sqlite3_changeset_iter* change) {
    const char* table = nullptr;
    int columns = 0;
    int operation = 0;
    if (kind != SQLITE_CHANGESET_DATA ||
        sqlite3changeset_op(change, &table, &columns, &operation, nullptr) != SQLITE_OK)
        return SQLITE_CHANGESET_ABORT;
    return has(notes, table) ? SQLITE_CHANGESET_REPLACE : SQLITE_CHANGESET_ABORT;
}

std::string text_in(sqlite3_changeset_iter* change, int operation, int column) {
    const auto value = operation == SQLITE_INSERT ? sqlite3changeset_new : sqlite3changeset_old;
    sqlite3_value* found = nullptr;
    if (value(change, column, &found) != SQLITE_OK || found == nullptr) return {};
    const unsigned char* characters = sqlite3_value_text(found);
    return characters == nullptr ? std::string() : reinterpret_cast<const char*>(characters);
}

// The tokens that a set of changes puts in place of others, or where there was none: for whom and for what.
std::vector<imds::CachedToken> tokens_in(std::string_view changes) {
    std::vector<imds::CachedToken> tokens;
    for_each_change(changes.data(), changes.size(),
                    [&](sqlite3_changeset_iter* change, std::string_view table, int operation) {
                        if (table == "imds_tokens" && operation != SQLITE_DELETE)
                            tokens.push_back({.host_id = text_in(change, operation, 0),
                                              .principal_id = text_in(change, operation, 1),
                                              .resource = text_in(change, operation, 2),
                                              .access_token = {},
                                              .not_before = {},
                                              .expires = {}});
                        return true;
                    });
    return tokens;
}

struct Note {
    std::int64_t number = 0;
    std::string at;
    std::string name;
    std::int64_t run = 0;
    bool is_note = false;
    std::string changes;
};

std::optional<Note> newest(Database& database) {
    Query query(database,
                "SELECT number, at, name, run, is_note, changes FROM undo_log ORDER BY number DESC LIMIT 1");
    if (!query.next()) return {};
    Note note;
    query.into(note.number, note.at, note.name, note.run, note.is_note, note.changes);
    return note;
}

std::string_view viewed(const void* bytes, int size) {
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

// One changeset that does what the two do one after the other.
std::string joined(Database& database, std::string& earlier, std::string& later) {
    sqlite3_changegroup* raw = nullptr;
    int code = sqlite3changegroup_new(&raw);
    const std::unique_ptr<sqlite3_changegroup, CloseGroup> group(raw);
    for (std::string* const changes : {&earlier, &later})
        if (code == SQLITE_OK)
            code = sqlite3changegroup_add(raw, static_cast<int>(changes->size()), changes->data());
    int size = 0;
    void* bytes = nullptr;
    if (code == SQLITE_OK) code = sqlite3changegroup_output(raw, &size, &bytes);
    const Memory all(bytes);
    if (code != SQLITE_OK) throw failure(code, 0, database.path(), "what changed could not be noted");
    return std::string(viewed(bytes, size));
}

// Adds it to the note before it; false where there is none to add it to, which is one of another command.
bool add_to_newest(Database& database, std::string_view changes) {
    Query query(database, R"(SELECT number, is_note, length(changes) FROM undo_log
        WHERE number = (SELECT max(number) FROM undo_log))");
    std::int64_t number = 0;
    bool is_note = false;
    std::int64_t size = 0;
    if (query.next()) query.into(number, is_note, size);
    if (!is_note || size == 0 || static_cast<std::size_t>(size) + changes.size() > most_bytes_of_notes)
        return false;
    std::string earlier;
    Query older(database, "SELECT changes FROM undo_log WHERE number = ?");
    older.bind(number);
    if (older.next()) older.into(earlier);
    std::string later(changes);
    const std::string both = joined(database, earlier, later);
    if (both.empty()) {  // what the one made the other took away
        Query(database, "DELETE FROM undo_log WHERE number = ?").bind(number).run();
        return true;
    }
    Query(database, "UPDATE undo_log SET changes = ? WHERE number = ?").bind(Bytes{both}, number).run();
    return true;
}

void take_back(Database& database, const Note& note) {
    if (note.changes.empty())
        throw Error(fault::state,
                    fmt::format("'{}' changed too much to be taken back. Nothing was changed.", note.name));
    std::string changes = note.changes;
    int size = 0;
    void* raw = nullptr;
    int code = sqlite3changeset_invert(static_cast<int>(changes.size()), changes.data(), &size, &raw);
    const Memory inverse(raw);
    if (code == SQLITE_OK)
        code = sqlite3changeset_apply(database.handle(), size, raw, nullptr, conflict, nullptr);
    if (code != SQLITE_OK)
        throw Error(fault::state, fmt::format("'{}' cannot be taken back: what it changed has been changed "
                                              "since by other means than azid. Nothing was changed.",
                                              note.name));
    Query(database, "DELETE FROM undo_log WHERE number = ?").bind(note.number).run();
}

}  // namespace

struct Recorder::Watch {
    std::unique_ptr<sqlite3_session, CloseSession> session;
};

Recorder::Recorder(Database& database) : database_(database), watch_(std::make_unique<Watch>()) {
    sqlite3_session* raw = nullptr;
    int code = sqlite3session_create(database.handle(), "main", &raw);
    watch_->session.reset(raw);
    if (code == SQLITE_OK) {
        sqlite3session_table_filter(raw, wanted, nullptr);
        code = sqlite3session_attach(raw, nullptr);
    }
    if (code != SQLITE_OK) throw failure(code, 0, database.path(), {});
}

Recorder::~Recorder() = default;

bool Recorder::knows(const std::vector<imds::CachedToken>& tokens) const {
    if (tokens.empty() || sqlite3session_isempty(watch_->session.get()) != 1) return false;
    Query newest(database_, R"(SELECT CASE WHEN is_note THEN changes END FROM undo_log
        WHERE number = (SELECT max(number) FROM undo_log))");
    std::string changes;
    if (!newest.next()) return false;
    newest.into(changes);
    const std::vector<imds::CachedToken> known = tokens_in(changes);
    return std::all_of(tokens.begin(), tokens.end(), [&](const imds::CachedToken& token) {
        return std::any_of(known.begin(), known.end(), [&](const imds::CachedToken& one) {
            return iequals(one.host_id, token.host_id) && iequals(one.principal_id, token.principal_id) &&
                   one.resource == token.resource;
        });
    });
}

void Recorder::note(std::string_view name, Instant at, std::int64_t& run) {
    if (sqlite3session_isempty(watch_->session.get()) == 1) return;
    int size = 0;
    void* raw = nullptr;
    const int code = sqlite3session_changeset(watch_->session.get(), &size, &raw);
    const Memory changes(raw);
    if (code != SQLITE_OK) throw failure(code, 0, database_.path(), "what changed could not be noted");
    if (size == 0) return;
    const bool kept = size <= most_bytes;
    const Weight weight = kept ? weight_of(raw, size) : Weight::command;
    if (weight == Weight::nothing) return;
    if (weight == Weight::note && run == 0 && add_to_newest(database_, viewed(raw, size))) return;
    if (run == 0) run = database_.number("SELECT ifnull(max(number), 0) + 1 FROM undo_log");
    Query(database_, "INSERT INTO undo_log (at, name, run, is_note, changes) VALUES (?, ?, ?, ?, ?)")
        .bind(date_text(at), name, run, weight == Weight::note,
              Bytes{kept ? viewed(raw, size) : std::string_view()})
        .run();
    // To look through what is kept takes longer than to write a row; and between two commands there is at
    // most a note, so that one or the other has such a number.
    if (weight == Weight::note || run % looked_at > 1) return;
    Query(database_, R"(DELETE FROM undo_log WHERE number < (SELECT min(number) FROM (SELECT number FROM
        undo_log WHERE is_note = 0 ORDER BY number DESC LIMIT ?)))")
        .bind(kept_commands)
        .run();
}

bool is_bookkeeping(std::string_view table) { return has(bookkeeping, table); }

snapshot::Undone undo(Database& database) {
    if (database.number("SELECT count(*) FROM undo_log WHERE is_note = 0") == 0)
        throw Error(fault::state, "There is no command left that could be taken back.");
    snapshot::Undone undone;
    std::int64_t run = 0;
    for (;;) {
        const std::optional<Note> note = newest(database);
        if (run != 0 && (!note || note->run != run)) break;
        take_back(database, *note);
        if (note->is_note) continue;
        run = note->run;
        undone.name = note->name;
        undone.at = note->at;
    }
    if (database.number("SELECT count(*) FROM pragma_foreign_key_check") != 0)
        throw Error(fault::state, fmt::format("'{}' cannot be taken back: other things rest on what it made. "
                                              "Nothing was changed.",
                                              undone.name));
    return undone;
}

}  // namespace azid::store
