// The page that YAML is written on: it knows the column and whether white space stands before the next word,
// folds at 80 columns and breaks lines only where PyYAML does. Knows nothing of values.
#pragma once

#include <string>
#include <string_view>

namespace azid::render {

class YamlOutput {
  public:
    // "-", "?", ":", "[", "]", "{", "}" and quotes. A compact one leaves the line open for a collection to
    // begin on it.
    void indicator(std::string_view text, bool needs_space, bool is_compact = false);

    // Goes to a column, on a new line unless nothing but compact indicators stands before it.
    void indent(size_t column);

    // Scalars; continuation lines begin at the indent. Without folding they stay on one line where they can.
    void plain(std::u32string_view text, size_t indent, bool folds);
    void single_quoted(std::u32string_view text, size_t indent, bool folds);
    void double_quoted(std::u32string_view text, size_t indent, bool folds);

    // True while the line holds nothing but blanks and compact indicators.
    bool is_at_line_start() const { return line_start_; }

    std::string take() { return std::move(out_); }

  private:
    void append(std::u32string_view text);
    void line_break(char32_t point = '\n');
    void line_breaks(std::u32string_view breaks, size_t indent);

    std::string out_;
    size_t column_ = 0;
    bool after_space_ = true;
    bool line_start_ = true;
};

}  // namespace azid::render
