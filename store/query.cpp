#include "store/query.hpp"

#include "store/database.hpp"
#include "store/dates.hpp"
#include "store/failure.hpp"

#include <sqlite3.h>

#include <cstdlib>

namespace azid::store {

namespace {

std::string text_of(const snapshot::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* blob = std::get_if<snapshot::Bytes>(&value)) return blob->bytes;
    const auto* number = std::get_if<std::int64_t>(&value);
    return number == nullptr ? std::string() : std::to_string(*number);
}

// As SQLite reads a text as a number.
std::int64_t number_of(const snapshot::Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    return std::strtoll(text_of(value).c_str(), nullptr, 10);
}

}  // namespace

Query::Query(Database& database, std::string_view sql) : database_(database), statement_(nullptr) {
    auto known = database.statements_.find(sql);
    if (known == database.statements_.end()) {
        sqlite3_stmt* const made = database.compile(sql, true);
        known = database.statements_.emplace(sqlite3_sql(made), Database::Statement{made}).first;
    } else if (known->second.in_use) {
        statement_ = database.compile(sql, false);
        return;
    }
    Database::Statement& cached = known->second;
    statement_ = cached.handle;
    in_use_ = &cached.in_use;
    *in_use_ = true;
    if (!database.recalled_ || !database.recalled_->is_on()) return;
    if (cached.recall == Recall::unknown)
        cached.recall = recall_of(sql, sqlite3_stmt_readonly(statement_) != 0);
    if (cached.recall == Recall::forgets) database.recalled_->forget();
    if (cached.recall != Recall::rows) return;
    is_recalling_ = true;
    asked_.reserve(128);
    asked_.append(reinterpret_cast<const char*>(&statement_), sizeof statement_);
}

Query::~Query() {
    if (in_use_ == nullptr) {
        sqlite3_finalize(statement_);
        return;
    }
    if (!is_recalling_ || is_bound_) {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    *in_use_ = false;
}

bool Query::next() { return is_recalling_ ? next_recalled() : step(); }

bool Query::step() {
    if (database_.refuses_writing_ && sqlite3_stmt_readonly(statement_) == 0)
        throw failure(SQLITE_READONLY, 0, database_.path_, {});
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    database_.fail(code);
}

bool Query::next_recalled() {
    if (!rows_) rows_ = database_.recalled_->find(asked_);
    if (!rows_) read_all();
    return next_row_++ < rows_->size();
}

// What a token needs are a few rows each.
void Query::read_all() {
    is_recalling_ = false;  // from here on the statement itself is asked
    is_bound_ = true;
    for (const auto& [at, value] : parameters_) bind_at(at, value);
    std::vector<snapshot::Row> rows;
    while (step()) {
        snapshot::Row& row = rows.emplace_back();
        read_at(0, row);
    }
    is_recalling_ = true;
    rows_ = std::make_shared<const std::vector<snapshot::Row>>(std::move(rows));
    if (database_.recalled_->is_on()) database_.recalled_->keep(asked_, rows_);
}

const snapshot::Value& Query::recalled_at(int at) const {
    return (*rows_)[next_row_ - 1][static_cast<std::size_t>(at)];
}

// The parameter as part of what is asked for, so that no two are taken for one another.
void Query::ask_with(int at, snapshot::Value value) {
    const auto append = [&](char kind, std::string_view bytes) {
        asked_ += static_cast<char>(at);
        asked_ += kind;
        const std::size_t size = bytes.size();
        asked_.append(reinterpret_cast<const char*>(&size), sizeof size).append(bytes);
    };
    if (const auto* text = std::get_if<std::string>(&value)) append('t', *text);
    if (const auto* blob = std::get_if<snapshot::Bytes>(&value)) append('b', blob->bytes);
    if (const auto* number = std::get_if<std::int64_t>(&value))
        append('n', {reinterpret_cast<const char*>(number), sizeof *number});
    parameters_.emplace_back(at, std::move(value));
}

void Query::run() {
    while (next()) continue;
}

void Query::bind_at(int at, std::string_view text) {
    if (is_recalling_) return ask_with(at, std::string(text));
    const char* start = text.data() == nullptr ? "" : text.data();
    const int code = sqlite3_bind_text64(statement_, at, start, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    if (code != SQLITE_OK) database_.fail(code);
}

void Query::bind_at(int at, OrNull value) {
    if (!value.text.empty()) bind_at(at, value.text);
}

void Query::bind_at(int at, Bytes value) {
    if (value.bytes.empty()) return;
    if (is_recalling_) return ask_with(at, snapshot::Bytes{std::string(value.bytes)});
    const int code =
        sqlite3_bind_blob64(statement_, at, value.bytes.data(), value.bytes.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) database_.fail(code);
}

void Query::bind_at(int at, std::int64_t value) {
    if (is_recalling_) return ask_with(at, value);
    const int code = sqlite3_bind_int64(statement_, at, value);
    if (code != SQLITE_OK) database_.fail(code);
}

void Query::bind_at(int at, Instant value) { bind_at(at, date_text(value)); }

void Query::bind_at(int at, const std::optional<Instant>& value) {
    if (value) bind_at(at, *value);
}

void Query::read_at(int at, std::string& value) {
    if (is_recalling_) {
        value = text_of(recalled_at(at));
        return;
    }
    // As bytes, so that BLOBs and texts with a NUL come back whole.
    const void* bytes = sqlite3_column_blob(statement_, at);
    const std::size_t size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, at));
    value.assign(bytes == nullptr ? "" : static_cast<const char*>(bytes), size);
}

void Query::read_at(int at, std::int64_t& value) {
    value = is_recalling_ ? number_of(recalled_at(at)) : sqlite3_column_int64(statement_, at);
}

void Query::read_at(int at, int& value) {
    value = is_recalling_ ? static_cast<int>(number_of(recalled_at(at))) : sqlite3_column_int(statement_, at);
}

void Query::read_at(int at, bool& value) {
    value = is_recalling_ ? number_of(recalled_at(at)) != 0 : sqlite3_column_int(statement_, at) != 0;
}

void Query::read_at(int at, Instant& value) {
    std::string text;
    read_at(at, text);
    value = date_of(text);
}

void Query::read_at(int at, std::optional<Instant>& value) {
    value.reset();
    const bool is_null = is_recalling_ ? std::holds_alternative<std::monostate>(recalled_at(at))
                                       : sqlite3_column_type(statement_, at) == SQLITE_NULL;
    if (is_null) return;
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
    if (is_recalling_) {
        value = recalled_at(at);
        return;
    }
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
