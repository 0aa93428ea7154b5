// One run of a SQL statement. Statements are compiled once per connection and used again.
//     Query query(database, "SELECT id, name FROM users WHERE tenant_id = ?");
//     query.bind(tenant);
//     while (query.next()) query.into(user.id, user.name);
#pragma once

#include "core/base/time.hpp"
#include "core/snapshot/model.hpp"
#include "store/recalled.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct sqlite3_stmt;

namespace azid::store {

class Database;

// Text that is NULL in the file when it is empty here.
struct OrNull {
    std::string_view text;
};

// Kept as a BLOB; NULL when empty.
struct Bytes {
    std::string_view bytes;
};

class Query {
  public:
    // Throws Error (fault::state) when the statement does not compile, which is a mistake of ours.
    Query(Database& database, std::string_view sql);
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    // Binds all parameters, in order. Texts are copied.
    template <class... Values>
    Query& bind(const Values&... values) {
        int at = 0;
        (bind_at(++at, values), ...);
        return *this;
    }

    // Steps to the next row: false when there is none. Throws Error (fault::state).
    bool next();
    // Runs a statement that gives no rows.
    void run();

    // Reads the current row's first columns. NULL gives an empty text, 0, false, or an empty optional.
    template <class... Values>
    void into(Values&... values) {
        int at = 0;
        (read_at(at++, values), ...);
    }

  private:
    bool step();
    bool next_recalled();
    void read_all();
    const snapshot::Value& recalled_at(int at) const;
    void ask_with(int at, snapshot::Value value);

    void bind_at(int at, std::string_view text);
    void bind_at(int at, const std::string& text) { bind_at(at, std::string_view(text)); }
    void bind_at(int at, const char* text) { bind_at(at, std::string_view(text)); }
    void bind_at(int at, OrNull value);
    void bind_at(int at, Bytes value);
    void bind_at(int at, std::int64_t value);
    void bind_at(int at, int value) { bind_at(at, static_cast<std::int64_t>(value)); }
    void bind_at(int at, bool value) { bind_at(at, static_cast<std::int64_t>(value)); }
    void bind_at(int at, Instant value);
    void bind_at(int at, const std::optional<Instant>& value);
    void bind_at(int at, const snapshot::Value& value);
    void bind_at(int at, const snapshot::Row& values);

    void read_at(int at, std::string& value);
    void read_at(int at, std::int64_t& value);
    void read_at(int at, int& value);
    void read_at(int at, bool& value);
    void read_at(int at, Instant& value);
    void read_at(int at, std::optional<Instant>& value);
    void read_at(int at, snapshot::Value& value);
    // All columns from there on.
    void read_at(int at, snapshot::Row& values);

    Database& database_;
    sqlite3_stmt* statement_;
    bool* in_use_ = nullptr;  // of the cached statement; null: ours alone

    // Where rows are remembered: what is asked for, the rows, and which of them is the current one.
    bool is_recalling_ = false;
    bool is_bound_ = false;
    std::string asked_;
    std::vector<std::pair<int, snapshot::Value>> parameters_;  // bound when they are needed
    Recalled::Rows rows_;
    std::size_t next_row_ = 0;
};

}  // namespace azid::store
