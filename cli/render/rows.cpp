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

void TextRow::new_line(std::size_t depth) {
    out_ += '\n';
    out_.append(2 * depth, ' ');
}

void TextRow::begin_member(std::string_view key) {
    if (!is_empty_) out_ += ',';
    new_line(depth_ + 1);
    is_empty_ = false;
    out_ += '"';
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

void TextRow::list(std::string_view key, std::size_t count,
                   const std::function<void(std::size_t which)>& write) {
    begin_member(key);
    out_ += '[';
    for (std::size_t which = 0; which < count; ++which) {
        if (which > 0) out_ += ',';
        new_line(depth_ + 2);
        write(which);
    }
    if (count > 0) new_line(depth_ + 1);
    out_ += ']';
}

void TextRow::texts(std::string_view key, const std::vector<std::string>& texts) {
    list(key, texts.size(), [&](std::size_t which) { append_json_string(out_, texts[which]); });
}

void TextRow::rows(std::string_view key, std::size_t count,
                   const std::function<void(TextRow& row, std::size_t which)>& fill) {
    list(key, count, [&](std::size_t which) {
        TextRow row(out_, depth_ + 2);
        fill(row, which);
        row.close();
    });
}

void TextRow::close() {
    if (!is_empty_) new_line(depth_);
    out_ += '}';
}

void TextRow::end() {
    close();
    make_valid(out_, begin_);
}

}  // namespace azid::render
