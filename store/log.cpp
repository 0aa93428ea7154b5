#include "store/log.hpp"

#include "core/base/error.hpp"
#include "store/database.hpp"
#include "store/file.hpp"
#include "store/file_system.hpp"
#include "store/query.hpp"

#include <sqlite3.h>

#include <chrono>
#include <fstream>
#include <iterator>

namespace azid::store {

namespace {

// A process may have to read the whole log when it starts, so it is kept short, in pages; but what empties
// it waits for the disk several times.
constexpr std::int64_t longest_log = 110;
// Of a server's tokens, which come by the thousand: it empties the log at its end.
constexpr std::int64_t longest_log_of_tokens = 1000;
// When it is so many times too long, because somebody was always at it, it is waited for them.
constexpr std::int64_t overdue = 4;
constexpr std::chrono::milliseconds patience_when_overdue{100};

constexpr std::string_view prefix = "azid-mark:";
constexpr std::size_t mark_length = prefix.size() + 32;

struct Mark {
    std::string mark;
    std::string former;
    bool is_retired = false;
    std::int64_t page = 0;  // where the file has it
};

bool is_mark(std::string_view text) { return text.size() == mark_length && text.starts_with(prefix); }

Mark mark_of(Database& database) {
    Mark mark;
    Query query(database, R"(SELECT mark, former_mark, is_retired,
        (SELECT rootpage FROM sqlite_schema WHERE name = 'state_file') FROM state_file)");
    if (query.next()) query.into(mark.mark, mark.former, mark.is_retired, mark.page);
    return mark;
}

// The mark as the main file has it on that page, whatever the log says; empty when it cannot be made out. The
// table has one row, so its root page is a leaf (SQLite's file format: 8 bytes of header, then the cells'
// offsets), and mark is its first text.
std::string mark_in_file(Database& database, std::int64_t number) {
    const std::string page = database.page_of_file(number);
    if (page.size() < 10 || page[0] != 0x0d) return {};
    const std::size_t cell = static_cast<unsigned char>(page[8]) * 256u + static_cast<unsigned char>(page[9]);
    const std::size_t at = page.find(prefix, cell);
    return at == std::string::npos ? std::string() : page.substr(at, mark_length);
}

// The same where the page is not known: the file cannot be read by its tables.
std::string mark_somewhere_in_file(Database& database) {
    constexpr std::int64_t furthest = 2000;  // pages; the table is among the first that are made
    for (std::int64_t number = 2; number <= furthest; ++number)
        if (std::string mark = mark_in_file(database, number); is_mark(mark)) return mark;
    return {};
}

// Whether the last failure is one of what was read: there is no such table, the log has made nonsense of its
// page, or it tells of fewer pages than the file says it has. Not one of reading.
bool is_nonsense(Database& database) {
    const int code = sqlite3_errcode(database.handle());
    return code == SQLITE_ERROR || (code & 0xff) == SQLITE_CORRUPT;
}

// False also where the log cannot be read.
bool lacks_mark(const std::string& log, const std::string& mark) {
    std::ifstream file(log, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    return file.is_open() && !file.bad() && !bytes.empty() && bytes.find(mark) == std::string::npos;
}

// Sees to it that the log has a mark of its own, with whatever else the transaction changed. The file's is
// always one of mark and former_mark; while it has not caught up, the log has the mark already.
void save_mark(Database& database, const Mark& mark, bool retire) {
    if (mark.mark != mark_in_file(database, mark.page)) return;
    database.execute(retire
                         ? "UPDATE state_file SET former_mark = mark, commits = commits + 1, is_retired = 1"
                         : "UPDATE state_file SET former_mark = mark, commits = commits + 1, is_retired = 0, "
                           "mark = 'azid-mark:' || lower(hex(randomblob(16)))");
}

}  // namespace

bool is_log_foreign(Database& database) {
    if (log_size(database.path()) == 0) return false;
    Mark mark;
    try {
        mark = mark_of(database);
    } catch (const Error&) {
        if (!is_nonsense(database)) throw;
        const std::string in_file = mark_somewhere_in_file(database);
        return is_mark(in_file) && lacks_mark(log_path(database.path()), in_file);
    }
    const std::string in_file = mark_in_file(database, mark.page);
    return is_mark(in_file) && in_file != mark.mark && in_file != mark.former;
}

void empty_long_log(Database& database, bool lightly) {
    const std::int64_t longest = lightly ? longest_log_of_tokens : longest_log;
    if (!is_longer(database.log(), longest)) return;
    // Where the file cannot grow by what it lacks, the log would be neither emptied nor any shorter.
    const std::int64_t growth =
        database.number("PRAGMA page_count") * database.number("PRAGMA page_size") - database.file_size();
    if (growth > 0 && !has_room(database.path(), growth)) return;
    const bool is_overdue = is_longer(database.log(), overdue * longest);
    database.checkpoint_if_idle(false, is_overdue ? patience_when_overdue : std::chrono::milliseconds(0));
}

void commit(Database& database, bool lightly) {
    const Mark mark = mark_of(database);
    save_mark(database, mark, false);
    database.commit();
    if (!lightly) note_safe_log(database.log());
    // What is committed is safe in the log; that the log cannot be emptied now is no failure.
    if (mark.is_retired) database.checkpoint_if_idle(true);
}

void checkpoint(Database& database) {
    database.wait_for_disk(true);
    database.checkpoint();
    database.begin_writing();
    const Mark mark = mark_of(database);
    if (mark.is_retired) {
        database.rollback();
        return;
    }
    save_mark(database, mark, true);
    database.commit();
    database.checkpoint();
}

}  // namespace azid::store
