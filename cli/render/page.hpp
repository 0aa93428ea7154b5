// The look of help pages: names in one column, text wrapped beside them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::render {

// az wraps its help at this column, whatever the terminal.
inline constexpr std::size_t page_width = 100;

struct Row {
    std::string name;
    std::string label;  // "[Required]", "[Preview]"; may be empty
    std::string text;
};

// The text in lines of at most page_width columns, broken at blanks; the first line goes on where `column`
// columns are already written, the others are indented by `indent` blanks. Ends without a line end.
std::string wrapped(std::string_view text, std::size_t column, std::size_t indent);

// How wide the first column must be for these rows: the name, and the label one blank behind it.
std::size_t name_width(const std::vector<Row>& rows);

// "    --name -n [Required] : Text" for every row, the label at the right end of the column.
std::string listed(const std::vector<Row>& rows, std::size_t width);

}  // namespace azid::render
