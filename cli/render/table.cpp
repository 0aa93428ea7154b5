// knack's table: which cells a result gives, and tabulate's "simple" layout of them.
#include "cli/render/python_text.hpp"
#include "cli/render/table_columns.hpp"
#include "cli/render/unicode.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace azid::render {

namespace {

// Members that az never shows in a table unless a command's table columns bring them under another name.
constexpr std::array<std::string_view, 3> skipped{"id", "type", "etag"};

using Entry = std::vector<std::pair<std::string, const Json*>>;

struct Table {
    std::vector<std::string> headers;
    std::vector<std::vector<std::string>> rows;  // shorter than headers where the last cells are missing
};

std::string header_of(const std::string& key) {
    const std::u32string points = decode(key);
    if (points.empty()) return {};
    std::string header;
    if (points[0] == 0xDF) {
        header = "SS";
    } else {
        append_utf8(header, upper(points[0]));
    }
    return header + encode(std::u32string_view(points).substr(1));
}

void add_member(Entry& entry, const std::string& key, const Json& value) {
    if (std::find(skipped.begin(), skipped.end(), key) != skipped.end()) return;
    if (value.is_null() || value.is_structured()) return;
    entry.emplace_back(header_of(key), &value);
}

Entry entry_of(const Json& item, bool sort_keys) {
    Entry entry;
    if (item.is_object() && sort_keys) {
        for (const auto& [key, member] : sorted_members(item)) add_member(entry, *key, *member);
    } else if (item.is_object()) {
        for (const auto& [key, member] : item.items()) add_member(entry, key, member);
    } else if (item.is_array()) {
        for (const Json& value : item)
            entry.emplace_back("Column" + std::to_string(entry.size() + 1), &value);
    } else {
        entry.emplace_back("Result", &item);
    }
    return entry;
}

// Gathers entries under the union of their headers, in the order in which headers are first seen. Of two
// members whose headers are equal ("name", "Name") the later one wins.
class Gatherer {
  public:
    void add(const Entry& entry) {
        std::vector<std::string>& row = table_.rows.emplace_back();
        for (const auto& [header, value] : entry) {
            const size_t column = column_of(header);
            if (row.size() <= column) row.resize(column + 1);
            row[column] = value->is_null() ? std::string() : valid_utf8(python_str(*value));
        }
    }
    Table take() { return std::move(table_); }

  private:
    size_t column_of(const std::string& header) {
        const auto [found, is_new] = columns_.try_emplace(header, table_.headers.size());
        if (is_new) table_.headers.push_back(header);
        return found->second;
    }

    Table table_;
    std::unordered_map<std::string, size_t> columns_;
};

std::string_view trailing_blanks_removed(std::string_view text) {
    while (!text.empty()) {
        size_t last = text.size() - 1;
        while (last > 0 && (text[last] & 0xC0) == 0x80) --last;
        if (!is_space(decode(text.substr(last))[0])) break;
        text = text.substr(0, last);
    }
    return text;
}

std::string_view blanks_removed(std::string_view text) {
    text = trailing_blanks_removed(text);
    while (!text.empty()) {
        size_t next = 1;
        while (next < text.size() && (text[next] & 0xC0) == 0x80) ++next;
        if (!is_space(decode(text.substr(0, next))[0])) break;
        text = text.substr(next);
    }
    return text;
}

// The end of a terminal colour sequence (ESC [ digits and semicolons m) that begins at a position; npos if
// none does.
size_t end_of_colour(std::string_view text, size_t at) {
    if (at + 2 >= text.size() || text[at + 1] != '[') return std::string_view::npos;
    const size_t end = text.find_first_not_of("0123456789;", at + 2);
    if (end == std::string_view::npos || text[end] != 'm' || end == at + 2) return std::string_view::npos;
    const bool starts_with_digit = text[at + 2] != ';';
    const long separators =
        std::count(text.begin() + static_cast<long>(at), text.begin() + static_cast<long>(end), ';');
    return starts_with_digit || separators == 2 ? end + 1 : std::string_view::npos;
}

// Width as the terminal shows it: tabulate does not count colour sequences.
size_t width_of(std::string_view line) {
    size_t width = 0;
    size_t at = 0;
    for (size_t escape = line.find('\x1b'); escape != std::string_view::npos;
         escape = line.find('\x1b', escape)) {
        const size_t end = end_of_colour(line, escape);
        if (end == std::string_view::npos) {
            ++escape;
            continue;
        }
        width += code_points(line.substr(at, escape - at));
        at = escape = end;
    }
    return width + code_points(line.substr(at));
}

// The longest line of a cell. tabulate measures between \r and \n only, even where it breaks lines in more
// places.
size_t widest_line(std::string_view cell) {
    size_t widest = 0;
    for (size_t at = 0;;) {
        const size_t end = cell.find_first_of("\r\n", at);
        widest = std::max(widest, width_of(cell.substr(at, end == std::string_view::npos ? end : end - at)));
        if (end == std::string_view::npos) return widest;
        at = end + 1;
    }
}

// str.splitlines(): no line after a last line end, none at all for "".
std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::u32string line;
    const std::u32string points = decode(text);
    for (size_t i = 0; i < points.size(); ++i) {
        if (!is_line_end(points[i])) {
            line += points[i];
            continue;
        }
        if (points[i] == '\r' && i + 1 < points.size() && points[i + 1] == '\n') ++i;
        lines.push_back(encode(line));
        line.clear();
    }
    if (!line.empty()) lines.push_back(encode(line));
    return lines;
}

// tabulate pads the lines of a header that end in \r or \n before it breaks them at Python's other line ends.
std::vector<std::string> header_lines(std::string_view header, size_t width) {
    std::string padded;
    for (size_t at = 0;;) {
        const size_t end = header.find_first_of("\r\n", at);
        const std::string_view piece = header.substr(at, end == std::string_view::npos ? end : end - at);
        padded += piece;
        padded.append(width - width_of(piece), ' ');
        if (end == std::string_view::npos) return lines_of(padded);
        padded += '\n';
        at = end + 1;
    }
}

bool has_line_breaks(const Table& table) {
    const auto breaks = [](const std::string& cell) {
        return cell.find_first_of("\r\n") != std::string::npos;
    };
    if (std::any_of(table.headers.begin(), table.headers.end(), breaks)) return true;
    return std::any_of(table.rows.begin(), table.rows.end(), [breaks](const std::vector<std::string>& row) {
        return std::any_of(row.begin(), row.end(), breaks);
    });
}

class Layout {
  public:
    explicit Layout(const Table& table) : table_(table), multiline_(has_line_breaks(table)) {
        for (const std::string& header : table.headers) widths_.push_back(measure(header) + 2);
        for (const std::vector<std::string>& row : table.rows)
            for (size_t column = 0; column < row.size(); ++column)
                widths_[column] = std::max(widths_[column], measure(blanks_removed(row[column])));
    }

    std::string text() {
        add_headers();
        std::vector<std::string_view> dashes;
        size_t longest = 0;
        for (const size_t width : widths_) longest = std::max(longest, width);
        const std::string dash(longest, '-');
        for (const size_t width : widths_) dashes.push_back(std::string_view(dash).substr(0, width));
        add_line(dashes);
        for (const std::vector<std::string>& row : table_.rows) add_row(row);
        return std::move(out_);
    }

  private:
    size_t measure(std::string_view cell) const { return multiline_ ? widest_line(cell) : width_of(cell); }

    void add_headers() {
        if (!multiline_) {
            add_line({table_.headers.begin(), table_.headers.end()});
            return;
        }
        std::vector<std::vector<std::string>> cells;
        for (const std::string& header : table_.headers)
            cells.push_back(header_lines(header, widths_[cells.size()]));
        add_lines(cells);
    }

    void add_row(const std::vector<std::string>& row) {
        if (!multiline_) {
            std::vector<std::string_view> cells;
            for (const std::string& cell : row) cells.push_back(blanks_removed(cell));
            add_line(cells);
            return;
        }
        std::vector<std::vector<std::string>> cells;
        for (const std::string& cell : row) {
            std::vector<std::string>& lines = cells.emplace_back(lines_of(blanks_removed(cell)));
            for (std::string& line : lines) line.append(padding(line, cells.size() - 1), ' ');
        }
        add_lines(cells);
    }

    // A row whose cells are all empty has no lines at all here, as in tabulate.
    void add_lines(const std::vector<std::vector<std::string>>& cells) {
        size_t height = 0;
        for (const std::vector<std::string>& cell : cells) height = std::max(height, cell.size());
        for (size_t i = 0; i < height; ++i) {
            const size_t start = out_.size();
            for (size_t column = 0; column < cells.size(); ++column) {
                if (column > 0) out_ += "  ";
                if (i < cells[column].size()) {
                    out_ += cells[column][i];
                } else {
                    out_.append(widths_[column], ' ');
                }
            }
            end_line(start);
        }
    }

    void add_line(const std::vector<std::string_view>& cells) {
        const size_t start = out_.size();
        for (size_t column = 0; column < cells.size(); ++column) {
            if (column > 0) out_ += "  ";
            out_ += cells[column];
            out_.append(padding(cells[column], column), ' ');
        }
        end_line(start);
    }

    void end_line(size_t start) {
        out_.resize(start + trailing_blanks_removed(std::string_view(out_).substr(start)).size());
        out_ += '\n';
    }

    size_t padding(std::string_view cell, size_t column) const {
        const size_t width = width_of(cell);
        return width < widths_[column] ? widths_[column] - width : 0;
    }

    const Table& table_;
    bool multiline_;
    std::vector<size_t> widths_;
    std::string out_;
};

}  // namespace

std::string render_table(const Json& rows, const Style& style) {
    Gatherer gatherer;
    if (rows.is_array()) {
        for (const Json& item : rows) gatherer.add(entry_of(item, style.sort_keys));
    } else {
        gatherer.add(entry_of(rows, style.sort_keys));
    }
    const Table table = gatherer.take();
    if (table.headers.empty()) return "\n";
    return Layout(table).text();
}

}  // namespace azid::render
