#include "store/schema.hpp"

#include <charconv>
#include <string_view>

namespace azid::store {

namespace {

constexpr std::string_view text =
#include "embedded/tables_now.sql.inc"
    ;

int version_in(std::string_view sql) {
    constexpr std::string_view mark = "-- version ";
    int version = 0;
    const std::size_t at = sql.find(mark);
    if (at != std::string_view::npos)
        std::from_chars(sql.data() + at + mark.size(), sql.data() + sql.size(), version);
    return version;
}

}  // namespace

Migration tables_at_once() { return {version_in(text), text.data()}; }

}  // namespace azid::store
