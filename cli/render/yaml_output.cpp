#include "cli/render/yaml_output.hpp"

#include "cli/render/unicode.hpp"
#include "cli/render/yaml_scalar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace azid::render {

namespace {

constexpr size_t best_width = 80;

constexpr std::array<std::pair<char32_t, std::string_view>, 15> short_escapes{{
    {0x00, "\\0"},
    {0x07, "\\a"},
    {0x08, "\\b"},
    {0x09, "\\t"},
    {0x0A, "\\n"},
    {0x0B, "\\v"},
    {0x0C, "\\f"},
    {0x0D, "\\r"},
    {0x1B, "\\e"},
    {'"', "\\\""},
    {'\\', "\\\\"},
    {0x85, "\\N"},
    {0xA0, "\\_"},
    {0x2028, "\\L"},
    {0x2029, "\\P"},
}};

bool needs_escape(char32_t point) {
    if (point >= ' ' && point <= '~') return point == '"' || point == '\\';
    if (point == 0x2028 || point == 0x2029 || point == 0xFEFF) return true;
    return !((point >= 0xA0 && point <= 0xD7FF) || (point >= 0xE000 && point <= 0xFFFD));
}

std::string escape_of(char32_t point) {
    const auto found = std::find_if(short_escapes.begin(), short_escapes.end(),
                                    [point](const auto& row) { return row.first == point; });
    if (found != short_escapes.end()) return std::string(found->second);
    const uint32_t number = point;
    if (number <= 0xFF) return fmt::format("\\x{:02X}", number);
    if (number <= 0xFFFF) return fmt::format("\\u{:04X}", number);
    return fmt::format("\\U{:08X}", number);
}

// How many points from a position on satisfy a condition.
template <typename Condition>
size_t run_length(std::u32string_view text, size_t at, Condition holds) {
    size_t end = at;
    while (end < text.size() && holds(text[end])) ++end;
    return end - at;
}

bool is_blank(char32_t point) { return point == ' '; }

}  // namespace

void YamlOutput::append(std::u32string_view text) {
    for (const char32_t point : text) append_utf8(out_, point);
    column_ += text.size();
}

void YamlOutput::line_break(char32_t point) {
    append_utf8(out_, point);
    column_ = 0;
    after_space_ = line_start_ = true;
}

// One break more than the text has, because a single one would be folded into a space when read.
void YamlOutput::line_breaks(std::u32string_view breaks, size_t indent_column) {
    if (breaks.front() == '\n') line_break();
    for (const char32_t point : breaks) line_break(point);
    indent(indent_column);
}

void YamlOutput::indicator(std::string_view text, bool needs_space, bool is_compact) {
    if (needs_space && !after_space_) {
        out_ += ' ';
        ++column_;
    }
    out_ += text;
    column_ += text.size();
    after_space_ = false;
    line_start_ = line_start_ && is_compact;
}

void YamlOutput::indent(size_t column) {
    if (!line_start_ || column_ > column || (column_ == column && !after_space_)) line_break();
    if (column_ < column) {
        out_.append(column - column_, ' ');
        column_ = column;
        after_space_ = true;
    }
}

void YamlOutput::plain(std::u32string_view text, size_t indent_column, bool folds) {
    if (text.empty()) return;
    if (!after_space_) append(U" ");
    after_space_ = line_start_ = false;
    for (size_t at = 0; at < text.size();) {
        const size_t blanks = run_length(text, at, is_blank);
        if (blanks == 1 && folds && column_ > best_width) {
            indent(indent_column);
            after_space_ = line_start_ = false;
        } else {
            append(text.substr(at, blanks));
        }
        at += blanks;
        const size_t word = run_length(text, at, [](char32_t point) { return point != ' '; });
        append(text.substr(at, word));
        at += word;
    }
}

void YamlOutput::single_quoted(std::u32string_view text, size_t indent_column, bool folds) {
    indicator("'", true);
    for (size_t at = 0; at < text.size();) {
        if (const size_t blanks = run_length(text, at, is_blank)) {
            const bool is_inside = at != 0 && at + blanks != text.size();
            if (blanks == 1 && folds && is_inside && column_ > best_width) {
                indent(indent_column);
            } else {
                append(text.substr(at, blanks));
            }
            at += blanks;
        } else if (const size_t breaks = run_length(text, at, is_yaml_break)) {
            line_breaks(text.substr(at, breaks), indent_column);
            at += breaks;
        } else {
            append(text[at] == '\'' ? U"''" : text.substr(at, 1));
            ++at;
        }
    }
    indicator("'", false);
}

// Folds before a blank or after an escape, where the line so far would pass the width; the line then ends
// with a backslash, and the next one begins with another when its first character is a blank.
void YamlOutput::double_quoted(std::u32string_view text, size_t indent_column, bool folds) {
    indicator("\"", true);
    size_t start = 0;
    for (size_t at = 0; at < text.size(); ++at) {
        if (needs_escape(text[at])) {
            append(text.substr(start, at - start));
            const std::string escaped = escape_of(text[at]);
            out_ += escaped;
            column_ += escaped.size();
            start = at + 1;
        }
        const size_t pending = start <= at ? at - start : 0;
        const bool may_break = at > 0 && at + 1 < text.size() && (text[at] == ' ' || start >= at);
        const size_t reached = start > at ? column_ - 1 : column_ + pending;
        if (!folds || !may_break || reached <= best_width) continue;
        if (start < at) {
            append(text.substr(start, at - start));
            start = at;
        }
        append(U"\\");
        indent(indent_column);
        after_space_ = line_start_ = false;
        if (text[start] == ' ') append(U"\\");
    }
    append(text.substr(std::min(start, text.size())));
    indicator("\"", false);
}

}  // namespace azid::render
