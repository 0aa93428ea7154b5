#include "cli/render/page.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace azid::render {

std::string wrapped(std::string_view text, std::size_t column, std::size_t indent) {
    std::string out;
    bool first_word = true;
    for (const std::string& word : split(text, ' ')) {
        if (!first_word && column + 1 + word.size() > page_width) {
            while (!out.empty() && out.back() == ' ') out.pop_back();
            out += "\n" + std::string(indent, ' ');
            column = indent;
            first_word = true;
        }
        if (!first_word) out += ' ';
        column += word.size() + (first_word ? 0 : 1);
        out += word;
        first_word = false;
    }
    return out;
}

std::size_t name_width(const std::vector<Row>& rows) {
    std::size_t width = 0;
    for (const Row& row : rows)
        width = std::max(width, row.name.size() + (row.label.empty() ? 0 : row.label.size() + 1));
    return width;
}

std::string listed(const std::vector<Row>& rows, std::size_t width) {
    std::string out;
    for (const Row& row : rows) {
        const std::size_t taken = row.name.size() + row.label.size();
        out += "    " + row.name + std::string(width - std::min(width, taken), ' ') + row.label + " : ";
        out += wrapped(row.text, width + 7, width + 7) + "\n";
    }
    return out;
}

}  // namespace azid::render
