// One connection to a SQLite file: its statements, its transaction, its failures. Knows nothing of Azure.
#pragma once

#include "store/recalled.hpp"
#include "store/waiting.hpp"

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace azid::store {

// How a file is opened: `immutable` reads a file that nobody can be writing (on read-only media) without any
// locks.
enum class Access { read_write, immutable };

// The file: URI that opens a file so.
std::string immutable_uri(std::string_view path);

class Database {
  public:
    // Opens an existing file; one that may not be written is opened for reading. Waits for the locks
    // of others as long as they write, and `patience` for one that does not. Throws Error (fault::state).
    Database(const std::string& path, Access access, std::chrono::milliseconds patience);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const std::string& path() const { return path_; }
    // Where its write-ahead log is.
    const std::string& log();
    // Whether the file, or its folder, does not let us write.
    bool is_read_only() const;

    // Throws Error (fault::state) when the file has been deleted, or another lies in its place: what is
    // written now nobody would see.
    void check_in_place();

    // Runs SQL text of any number of statements and drops their rows. Throws Error (fault::state).
    void execute(const char* sql);
    // Begins a transaction that may write. Throws Error (fault::state).
    void begin_writing();
    // The first column of the first row; 0 or "" when there is none.
    std::int64_t number(std::string_view sql);
    std::string text(std::string_view sql);
    // From here on rows that have been read are remembered; see recalled.hpp. For connections on which only
    // tokens are asked for.
    void remember_rows() { recalled_.emplace(); }
    // What `make` reads; remembered too, under the name, which is a literal, and what it depends on.
    template <class Make>
    auto known(std::string_view name, std::initializer_list<std::string_view> of, const Make& make) {
        if (!recalled_ || !recalled_->is_on()) return make();
        return recalled_->known(key_of(name, of), make);
    }
    // A transaction has begun that sees all that was committed before it.
    void look_for_changes();
    // Rows changed by the last statement, and by all since the connection was opened.
    int changes() const;
    int total_changes() const;
    // A page as the main file has it, whatever the log says; empty when it has no such page.
    std::string page_of_file(std::int64_t number);

    // The main file as it is, whatever the log says; for a file whose log is empty while nobody can write.
    std::int64_t file_size();
    std::string file_part(std::int64_t from, std::size_t size);
    // Whether foreign keys are looked at; to be changed outside of transactions.
    void heed_foreign_keys(bool heed) noexcept;
    sqlite3* handle() { return handle_.get(); }

    // Whether statements that write are refused from here on, with Error (fault::state). PRAGMA query_only
    // would have every statement that is kept prepared anew each time it changes.
    void refuse_writing(bool refuse) noexcept { refuses_writing_ = refuse; }
    bool refuses_writing() const { return refuses_writing_; }
    // Whether commits are on the disk when they are over, as they are at first, or when a later one has
    // waited for it (SQLite's words on "PRAGMA synchronous"); never throws.
    void wait_for_disk(bool wait) noexcept;
    // Ends the transaction, if one is open, without keeping anything; never throws.
    void rollback() noexcept;
    // Commits; when that fails nothing is kept. Throws Error (fault::state).
    void commit();
    // Moves everything from the log into the main file and empties the log. Throws Error (fault::state).
    void checkpoint();
    // The same, but gives up after that time where others are reading or writing. Unless it is to be
    // shortened, the log keeps its length, and the next commit begins it anew.
    void checkpoint_if_idle(bool shorten,
                            std::chrono::milliseconds patience = std::chrono::milliseconds(0)) noexcept;
    // Turns the write-ahead log on, where the file system can; others may be trying the same.
    void use_write_ahead_log();

  private:
    friend class Query;

    struct Statement {
        sqlite3_stmt* handle = nullptr;
        bool in_use = false;
        Recall recall = Recall::unknown;
    };
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };

    static std::string key_of(std::string_view name, std::initializer_list<std::string_view> of);
    sqlite3_stmt* compile(std::string_view sql, bool reusable);
    // Runs a statement that gives no rows and is kept; what SQLite says of it.
    int run(std::string_view sql);
    // Throws the Error of the connection's last failure.
    [[noreturn]] void fail(int code);

    std::string path_;
    std::string log_;  // once it was asked for
    std::chrono::milliseconds patience_;
    Waiting waiting_;
    std::unique_ptr<sqlite3, Close> handle_;
    std::unordered_map<std::string_view, Statement> statements_;  // the keys live in the statements
    std::optional<Recalled> recalled_;
    bool refuses_writing_ = false;
    bool waits_for_disk_ = true;
};

}  // namespace azid::store
