#include "store/recalled.hpp"

#include <algorithm>
#include <array>

namespace azid::store {

namespace {

// Written by each request for a token; all else that is remembered is not.
constexpr std::array<std::string_view, 6> notes = {"imds_tokens", "journal",  "activity_log",
                                                   "state_file",  "undo_log", "seed"};

constexpr std::size_t most = 1000;  // statements; a few rows each

}  // namespace

Recall recall_of(std::string_view sql, bool is_read_only) {
    const bool is_of_notes = std::any_of(notes.begin(), notes.end(), [&](std::string_view table) {
        return sql.find(table) != std::string_view::npos;
    });
    if (!is_read_only) return is_of_notes ? Recall::nothing : Recall::forgets;
    const bool is_query = sql.starts_with("SELECT") || sql.starts_with("WITH");
    const bool is_pragma = sql.find("pragma_") != std::string_view::npos;
    return is_query && !is_pragma && !is_of_notes ? Recall::rows : Recall::nothing;
}

void Recalled::begin(std::int64_t version) {
    if (version != version_ || rows_.size() > most) clear();
    version_ = version;
    is_on_ = true;
}

void Recalled::forget() {
    clear();
    is_on_ = false;
}

void Recalled::clear() {
    rows_.clear();
    made_.clear();
}

Recalled::Rows Recalled::find(const std::string& key) const {
    const auto found = rows_.find(key);
    return found == rows_.end() ? nullptr : found->second;
}

void Recalled::keep(const std::string& key, Rows rows) { rows_.insert_or_assign(key, std::move(rows)); }

}  // namespace azid::store
