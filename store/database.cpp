#include "store/database.hpp"

#include "store/failure.hpp"
#include "store/file.hpp"
#include "store/file_system.hpp"
#include "store/query.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <thread>

namespace azid::store {

std::string immutable_uri(std::string_view path) {
    std::string uri = "file:";
    for (const char c : path) {
        const bool special = c == '%' || c == '?' || c == '#';
        uri += special ? fmt::format("%{:02X}", static_cast<unsigned>(c)) : std::string(1, c);
    }
    return uri + "?immutable=1";
}

namespace {

// What a savepoint may have to put back is kept in memory up to here, and only then in a file. SQLite asks
// for all of it at once, for each statement that may fail half way; from 128 KB on malloc maps it anew.
constexpr int longest_savepoint = 120 * 1024;

// Before the first connection: neither numbers of memory that nobody reads, nor locks around them; and no
// memory for twenty pages at once, which a statement's own small tables would each ask for.
void set_up_sqlite() {
    static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) |
                            sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0) |
                            sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, longest_savepoint);
    static_cast<void>(done);
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }

Database::Database(const std::string& path, Access access, std::chrono::milliseconds patience)
    : path_(path), patience_(patience), waiting_(path, patience) {
    set_up_sqlite();
    const bool immutable = access == Access::immutable;
    // An absolute path is no URI; what ATTACH names may be one.
    const int flags = (immutable ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_URI;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(immutable ? immutable_uri(path).c_str() : path.c_str(), &handle,
                                     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, file_system());
    handle_.reset(handle);
    if (code != SQLITE_OK) fail(code);
    waiting_.guide(handle);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // Otherwise SQLite looks at the values of parameters beside a partial index, and compiles the statement
    // anew for each: none of ours is worked out differently for it.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    // Emptying the log whenever the last process leaves would cost more than the commit itself.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    int keep_log = 1;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_PERSIST_WAL, &keep_log);
    sqlite3_wal_autocheckpoint(handle, 0);  // log.hpp says when
}

Database::~Database() {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement.handle);
}

const std::string& Database::log() {
    if (log_.empty()) log_ = log_path(path_);
    return log_;
}

bool Database::is_read_only() const { return sqlite3_db_readonly(handle_.get(), "main") == 1; }

void Database::check_in_place() {
    int moved = 0;
    sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved != 0) throw failure(SQLITE_READONLY_DBMOVED, 0, path_, {});
}

void Database::execute(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

// No two lists give the same text: each part is led by its size.
std::string Database::key_of(std::string_view name, std::initializer_list<std::string_view> of) {
    std::string key(name);
    for (const std::string_view part : of) {
        const std::size_t size = part.size();
        key.append(reinterpret_cast<const char*>(&size), sizeof size).append(part);
    }
    return key;
}

void Database::look_for_changes() {
    if (recalled_) recalled_->begin(number("PRAGMA data_version"));
}

std::int64_t Database::number(std::string_view sql) {
    std::int64_t value = 0;
    Query query(*this, sql);
    if (query.next()) query.into(value);
    return value;
}

std::string Database::text(std::string_view sql) {
    std::string value;
    Query query(*this, sql);
    if (query.next()) query.into(value);
    return value;
}

int Database::changes() const { return sqlite3_changes(handle_.get()); }

int Database::total_changes() const { return sqlite3_total_changes(handle_.get()); }

std::string Database::page_of_file(std::int64_t number) {
    // Through SQLite's own handle: closing another one on the same file would drop the process's locks on it.
    sqlite3_file* file = nullptr;
    sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (file == nullptr || file->pMethods == nullptr || number < 1) return {};
    // SQLite's file format: the header has the pages' size, where 1 stands for 65536.
    std::array<unsigned char, 2> told{};
    if (file->pMethods->xRead(file, told.data(), 2, 16) != SQLITE_OK) return {};
    const std::int64_t size = told[0] == 0 && told[1] == 1 ? 65536 : told[0] * 256 + told[1];
    std::string page(static_cast<std::size_t>(size), '\0');
    const int code = file->pMethods->xRead(file, page.data(), static_cast<int>(size), (number - 1) * size);
    return code == SQLITE_OK ? page : std::string();
}

std::int64_t Database::file_size() {
    sqlite3_file* file = nullptr;
    sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    sqlite3_int64 size = 0;
    if (file == nullptr || file->pMethods == nullptr) return 0;
    const int code = file->pMethods->xFileSize(file, &size);
    if (code != SQLITE_OK) fail(code);
    return size;
}

std::string Database::file_part(std::int64_t from, std::size_t size) {
    sqlite3_file* file = nullptr;
    sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    std::string part(size, '\0');
    if (file == nullptr || file->pMethods == nullptr) return {};
    const int code = file->pMethods->xRead(file, part.data(), static_cast<int>(size), from);
    if (code != SQLITE_OK) fail(code);
    return part;
}

void Database::heed_foreign_keys(bool heed) noexcept {
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_ENABLE_FKEY, heed ? 1 : 0, nullptr);
}

int Database::run(std::string_view sql) {
    auto known = statements_.find(sql);
    if (known == statements_.end()) {
        sqlite3_stmt* const made = compile(sql, true);
        known = statements_.emplace(sqlite3_sql(made), Statement{made}).first;
    }
    sqlite3_step(known->second.handle);
    return sqlite3_reset(known->second.handle);
}

void Database::begin_writing() {
    if (const int code = run("BEGIN IMMEDIATE"); code != SQLITE_OK) fail(code);
}

void Database::wait_for_disk(bool wait) noexcept {
    if (waits_for_disk_ == wait) return;
    const char* const sql = wait ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";
    // One that fails is tried again before the next transaction.
    if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) waits_for_disk_ = wait;
}

void Database::rollback() noexcept {
    if (sqlite3_get_autocommit(handle_.get()) == 0)
        sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::commit() {
    const int code = run("COMMIT");
    if (code == SQLITE_OK) return;
    if (code != SQLITE_CONSTRAINT_FOREIGNKEY) fail(code);
    std::string child;
    std::string parent;
    Query broken(*this, "SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1");
    if (broken.next()) broken.into(child, parent);
    throw failure(code, 0, path_, fmt::format("a row of {} needs one of {}", child, parent));
}

void Database::checkpoint() {
    const auto latest = std::chrono::steady_clock::now() + patience_;
    for (;;) {
        const int code =
            sqlite3_wal_checkpoint_v2(handle_.get(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        if (code == SQLITE_OK) return;
        // While another process does the same, SQLite does not wait, whatever patience it was given.
        if ((code & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() >= latest) fail(code);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

void Database::checkpoint_if_idle(bool shorten, std::chrono::milliseconds patience) noexcept {
    sqlite3_busy_timeout(handle_.get(), static_cast<int>(patience.count()));
    sqlite3_wal_checkpoint_v2(handle_.get(), "main",
                              shorten ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_RESTART, nullptr,
                              nullptr);
    waiting_.guide(handle_.get());
}

void Database::use_write_ahead_log() {
    if (text("PRAGMA journal_mode") == "wal") return;
    const auto deadline = std::chrono::steady_clock::now() + patience_;
    for (;;) {
        const int code = sqlite3_exec(handle_.get(), "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
        if (code == SQLITE_OK) return;
        // SQLite does not wait where two processes switch at once, lest both wait for ever.
        if ((code & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() > deadline) fail(code);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

sqlite3_stmt* Database::compile(std::string_view sql, bool reusable) {
    sqlite3_stmt* handle = nullptr;
    const unsigned flags = reusable ? SQLITE_PREPARE_PERSISTENT : 0;
    const int code =
        sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), flags, &handle, nullptr);
    if (code != SQLITE_OK) fail(code);
    return handle;
}

void Database::fail(int code) {
    if (handle_ == nullptr) throw failure(SQLITE_NOMEM, 0, path_, "out of memory");
    const int reason = waiting_.is_lockless() ? ENOLCK : sqlite3_system_errno(handle_.get());
    throw failure(code, reason, path_, sqlite3_errmsg(handle_.get()));
}

}  // namespace azid::store
