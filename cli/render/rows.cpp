#include "cli/render/rows.hpp"

#include "cli/render/unicode.hpp"
#include "cli/render/writers.hpp"
#include "core/base/scan.hpp"

namespace azid::render {

namespace {

// What begins there, with whatever is no UTF-8 replaced.
void make_valid(std::string& out, std::size_t begin) {
    if (is_ascii(std::string_view(out).substr(begin))) return;
    std::string valid = valid_utf8(out.substr(begin));
    out.replace(begin, std::string::npos, valid);
}

}  // namespace

std::string_view before_row(bool first) { return first ? "[\n  " : ",\n  "; }

std::string_view after_rows(bool none) { return none ? "[]\n" : "\n]\n"; }

void TextRow::begin_member(std::string_view key) {
    out_ += is_empty_ ? "\n    \"" : ",\n    \"";
    is_empty_ = false;
    out_ += key;
    out_ += "\": ";
}

void TextRow::member(std::string_view key, std::string_view text) {
    begin_member(key);
    append_json_string(out_, text);
}

void TextRow::member_or_null(std::string_view key, std::string_view text) {
    if (!text.empty()) return member(key, text);
    begin_member(key);
    out_ += "null";
}

void TextRow::end() {
    out_ += is_empty_ ? "}" : "\n  }";
    make_valid(out_, begin_);
}

}  // namespace azid::render
