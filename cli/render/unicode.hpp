// UTF-8 and the few character classes of Python's str that az's output depends on.
#pragma once

#include <string>
#include <string_view>

namespace azid::render {

// The text itself when it is valid UTF-8; otherwise each broken sequence has become U+FFFD.
std::string valid_utf8(std::string text);

// Code points; a broken sequence gives U+FFFD.
std::u32string decode(std::string_view text);
void append_utf8(std::string& out, char32_t point);
std::string encode(std::u32string_view text);

// Number of code points in valid UTF-8: the width az's tables count with when Python's wcwidth is not
// installed.
size_t code_points(std::string_view text);

// str.isspace() and the line ends of str.splitlines().
bool is_space(char32_t point);
bool is_line_end(char32_t point);

// str.isprintable(), except that unassigned code points count as printable.
bool is_printable(char32_t point);

// str.upper() of one code point for the Latin, Greek, Cyrillic and Armenian scripts; others are returned as
// they are.
char32_t upper(char32_t point);

}  // namespace azid::render
