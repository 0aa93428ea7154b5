#include "store/query.hpp"

#include "store/database.hpp"
#include "store/dates.hpp"

#include <sqlite3.h>

namespace azid::store {

Query::Query(Database& database, std::string_view sql) : database_(database), statement_(nullptr) {
    const auto known = database.statements_.find(sql);
    if (known == database.statements_.end()) {
        statement_ = database.compile(sql, true);
        Database::Statement& cached = database.statements_[sqlite3_sql(statement_)];
        cached.handle = statement_;
        in_use_ = &cached.in_use;
    } else if (!known->second.in_use) {
        statement_ = known->second.handle;
        in_use_ = &known->second.in_use;
    } else {
        statement_ = database.compile(sql, false);
        return;
    }
    *in_use_ = true;
}

Query::~Query() {
    if (in_use_ == nullptr) {
        sqlite3_finalize(statement_);
        return;
    }
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    *in_use_ = false;
}

bool Query::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    database_.fail(code);
}

void Query::run() {
    while (next()) continue;
}

void Query::bind_at(int at, std::string_view text) {
    const char* start = text.data() == nullptr ? "" : text.data();
    const int code = sqlite3_bind_text64(statement_, at, start, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    if (code != SQLITE_OK) database_.fail(code);
}

void Query::bind_at(int at, OrNull value) {
    if (!value.text.empty()) bind_at(at, value.text);
}

void Query::bind_at(int at, Bytes value) {
    if (value.bytes.empty()) return;
    const int code =
        sqlite3_bind_blob64(statement_, at, value.bytes.data(), value.bytes.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) database_.fail(code);
}

void Query::bind_at(int at, std::int64_t value) {
    const int code = sqlite3_bind_int64(statement_, at, value);
    if (code != SQLITE_OK) database_.fail(code);
}

void Query::bind_at(int at, Instant value) { bind_at(at, date_text(value)); }

void Query::bind_at(int at, const std::optional<Instant>& value) {
    if (value) bind_at(at, *value);
}

void Query::read_at(int at, std::string& value) {
    // As bytes, so that BLOBs and texts with a NUL come back whole.
    const void* bytes = sqlite3_column_blob(statement_, at);
    const std::size_t size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, at));
    value.assign(bytes == nullptr ? "" : static_cast<const char*>(bytes), size);
}

void Query::read_at(int at, std::int64_t& value) { value = sqlite3_column_int64(statement_, at); }

void Query::read_at(int at, int& value) { value = sqlite3_column_int(statement_, at); }

void Query::read_at(int at, bool& value) { value = sqlite3_column_int(statement_, at) != 0; }

void Query::read_at(int at, Instant& value) {
    std::string text;
    read_at(at, text);
    value = date_of(text);
}

void Query::read_at(int at, std::optional<Instant>& value) {
    value.reset();
    if (sqlite3_column_type(statement_, at) == SQLITE_NULL) return;
    Instant instant;
    read_at(at, instant);
    value = instant;
}

void Query::bind_at(int at, const snapshot::Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) bind_at(at, *number);
    if (const auto* text = std::get_if<std::string>(&value)) bind_at(at, std::string_view(*text));
    if (const auto* blob = std::get_if<snapshot::Bytes>(&value)) bind_at(at, Bytes{blob->bytes});
}

void Query::bind_at(int at, const snapshot::Row& values) {
    for (const snapshot::Value& value : values) bind_at(at++, value);
}

void Query::read_at(int at, snapshot::Value& value) {
    std::string bytes;
    switch (sqlite3_column_type(statement_, at)) {
        case SQLITE_NULL:
            value = std::monostate();
            return;
        case SQLITE_INTEGER:
            value = static_cast<std::int64_t>(sqlite3_column_int64(statement_, at));
            return;
        case SQLITE_BLOB:
            read_at(at, bytes);
            value = snapshot::Bytes{std::move(bytes)};
            return;
        default:
            read_at(at, bytes);
            value = std::move(bytes);
    }
}

void Query::read_at(int at, snapshot::Row& values) {
    values.resize(static_cast<std::size_t>(sqlite3_column_count(statement_) - at));
    for (snapshot::Value& value : values) read_at(at++, value);
}

}  // namespace azid::store
