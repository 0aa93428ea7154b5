#include "store/whole.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/clock/clock.hpp"
#include "store/clock.hpp"
#include "store/copy.hpp"
#include "store/database.hpp"
#include "store/failure.hpp"
#include "store/file.hpp"
#include "store/log.hpp"
#include "store/query.hpp"
#include "store/schema.hpp"
#include "store/state.hpp"
#include "store/undo.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace azid::store {

namespace {

using snapshot::Column;
using snapshot::Contents;
using snapshot::Progress;
using snapshot::Row;
using snapshot::Table;

constexpr std::chrono::seconds patience{5};

std::string in_quotes(std::string_view name) { return fmt::format("\"{}\"", name); }

Instant now_of(Database& database) {
    const Instant machine = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    const std::optional<clock::Record> record = clock_of(database);
    return record ? clock::instant(*record, machine) : machine;
}

// A transaction that writes, without regard to foreign keys until its end: so that nothing that is put in
// its place takes other rows with it.
class Replacement {
  public:
    explicit Replacement(Database& database) : database_(database), recorder_(database) {
        database_.heed_foreign_keys(false);
        try {
            database_.begin_writing();
        } catch (...) {
            database_.heed_foreign_keys(true);
            throw;
        }
    }
    ~Replacement() {
        database_.rollback();
        database_.heed_foreign_keys(true);
    }
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;

    void keep(std::string_view name) {
        std::string child;
        std::string parent;
        {
            Query broken(database_, "SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1");
            if (broken.next()) {
                broken.into(child, parent);
                throw Error(fault::state,
                            fmt::format("A row of {} names one of {} that is not there. Nothing "
                                        "was changed.",
                                        child, parent));
            }
        }
        std::int64_t run = 0;
        recorder_.note(name, now_of(database_), run);
        store::commit(database_, false);
    }

  private:
    Database& database_;
    Recorder recorder_;
};

snapshot::Type type_of(std::string_view declared) {
    if (declared == "INTEGER") return snapshot::Type::integer;
    return declared == "BLOB" ? snapshot::Type::bytes : snapshot::Type::text;
}

std::vector<Column> columns_of(Database& database, const std::string& table) {
    std::vector<Column> columns;
    Query query(database, R"(SELECT name, type, "notnull", pk FROM pragma_table_info(?))");
    query.bind(table);
    while (query.next()) {
        Column column;
        std::string declared;
        query.into(column.name, declared, column.required, column.key);
        column.type = type_of(declared);
        columns.push_back(std::move(column));
    }
    return columns;
}

std::vector<Table> read_tables(Database& database) {
    std::vector<Table> tables;
    std::string name;
    Query query(
        database,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid");
    while (query.next()) {
        query.into(name);
        if (!is_bookkeeping(name)) tables.push_back({name, {}, {}});
    }
    for (Table& table : tables) table.columns = columns_of(database, table.name);
    return tables;
}

std::string names_of(const std::vector<Column>& columns, std::string_view before = {}) {
    std::vector<std::string> names;
    for (const Column& column : columns) names.push_back(std::string(before) + in_quotes(column.name));
    return fmt::format("{}", fmt::join(names, ", "));
}

// Whether the rows have a number of their own beside their columns.
bool has_hidden_number(const Table& table) {
    const auto keys = std::count_if(table.columns.begin(), table.columns.end(),
                                    [](const Column& column) { return column.key > 0; });
    return keys != 1 || std::none_of(table.columns.begin(), table.columns.end(), [](const Column& column) {
               return column.key > 0 && column.type == snapshot::Type::integer;
           });
}

// The tables, without their rows, in the order in which they were made.
class Tables {
  public:
    const std::vector<Table>& of(Database& database) {
        const std::int64_t version = database.number("PRAGMA schema_version");
        if (version != version_) {
            tables_ = read_tables(database);
            version_ = version;
        }
        return tables_;
    }

  private:
    std::vector<Table> tables_;
    std::int64_t version_ = -1;  // of what was read
};

Contents read_contents(Database& database, Tables& tables, bool rows) {
    Contents contents;
    contents.version = static_cast<int>(database.number("PRAGMA user_version"));
    contents.tables = tables.of(database);
    if (!rows) return contents;
    for (Table& table : contents.tables) {
        Query query(database, fmt::format("SELECT {} FROM {} ORDER BY rowid", names_of(table.columns),
                                          in_quotes(table.name)));
        Row row;
        while (query.next()) {
            query.into(row);
            table.rows.push_back(row);
        }
    }
    return contents;
}

// Rows that are not as in the attached file go, and its rows that are not here come; most rows are the same.
void take_over(Database& database, const Table& table) {
    std::string same = "mine.rowid = theirs.rowid";
    for (const Column& column : table.columns)
        same += fmt::format(" AND mine.{0} IS theirs.{0}", in_quotes(column.name));
    const std::string name = in_quotes(table.name);
    database.execute(fmt::format("DELETE FROM main.{0} AS mine WHERE NOT EXISTS (SELECT 1 FROM taken.{0} AS "
                                 "theirs WHERE {1})",
                                 name, same)
                         .c_str());
    const std::string number = has_hidden_number(table) ? "rowid, " : "";
    database.execute(
        fmt::format("INSERT INTO main.{0} ({1}{2}) SELECT {3}{4} FROM taken.{0} AS theirs WHERE NOT "
                    "EXISTS (SELECT 1 FROM main.{0} AS mine WHERE mine.rowid = theirs.rowid)",
                    name, number, names_of(table.columns), number.empty() ? "" : "theirs.rowid, ",
                    names_of(table.columns, "theirs."))
            .c_str());
}

// An older file is brought up to date, and left without side files.
void make_current(const std::string& path) {
    bool current = false;
    {
        Database database(path, Access::immutable, patience);
        current = is_current(database, migrations());
    }
    if (current) return;
    open_state(path, patience)->checkpoint();
    remove_side_files(path);
}

class WholeFile : public snapshot::File {
  public:
    explicit WholeFile(Database& database) : database_(database) {}

    void copy_to(const std::string& path, const Progress& progress) override {
        // What somebody commits between the emptying of the log and our lock is not in the file yet.
        for (int attempt = 0; attempt < 100; ++attempt) {
            store::checkpoint(database_);
            database_.begin_writing();
            if (log_size(database_.path()) == 0) {
                try {
                    copy_main_file(database_, path, progress);
                } catch (...) {
                    database_.rollback();
                    throw;
                }
                database_.rollback();
                return;
            }
            database_.rollback();
        }
        throw failure(SQLITE_BUSY, 0, database_.path(), {});
    }

    void replace_by(const std::string& path) override {
        const std::string source = absolute_path(path);
        make_current(source);
        Query(database_, "ATTACH DATABASE ? AS taken").bind(immutable_uri(source)).run();
        try {
            Replacement replacement(database_);
            for (const Table& table : tables_.of(database_)) take_over(database_, table);
            replacement.keep("state restore");
        } catch (...) {
            database_.execute("DETACH DATABASE taken");
            throw;
        }
        database_.execute("DETACH DATABASE taken");
    }

    Contents contents(bool rows) override {
        database_.execute("BEGIN");
        try {
            Contents all = read_contents(database_, tables_, rows);
            database_.rollback();
            return all;
        } catch (...) {
            database_.rollback();
            throw;
        }
    }

    Contents contents_of(const std::string& path) override {
        const std::string file = absolute_path(path);
        if (log_size(file) == 0) {
            Database other(file, Access::immutable, patience);
            Tables tables;
            if (is_current(other, migrations())) return read_contents(other, tables, true);
        }
        return open_state(file, patience)->file().contents();
    }

    void replace_by(const Contents& contents, const Progress& progress) override {
        Replacement replacement(database_);
        for (const Table& table : tables_.of(database_))
            database_.execute(fmt::format("DELETE FROM {}", in_quotes(table.name)).c_str());
        std::size_t all = 1;
        std::size_t done = 0;
        for (const Table& table : contents.tables) all += table.rows.size();
        for (const Table& table : contents.tables) {
            std::vector<std::string_view> places(table.columns.size(), "?");
            const std::string sql = fmt::format("INSERT INTO {} ({}) VALUES ({})", in_quotes(table.name),
                                                names_of(table.columns), fmt::join(places, ", "));
            for (const Row& row : table.rows) {
                Query(database_, sql).bind(row).run();
                if (progress && ++done % 1000 == 0)
                    progress(static_cast<double>(done) / static_cast<double>(all));
            }
        }
        replacement.keep("state import");
    }

    snapshot::Undone undo() override {
        if (database_.is_read_only()) throw failure(SQLITE_READONLY, 0, database_.path(), {});
        database_.heed_foreign_keys(false);
        try {
            database_.begin_writing();
            Contents before = read_contents(database_, tables_, true);
            snapshot::Undone undone = store::undo(database_);
            undone.before = std::move(before);
            undone.after = read_contents(database_, tables_, true);
            store::commit(database_, false);
            database_.heed_foreign_keys(true);
            return undone;
        } catch (...) {
            database_.rollback();
            database_.heed_foreign_keys(true);
            throw;
        }
    }

  private:
    Database& database_;
    Tables tables_;
};

}  // namespace

std::unique_ptr<snapshot::File> whole_file(Database& database) {
    return std::make_unique<WholeFile>(database);
}

}  // namespace azid::store
