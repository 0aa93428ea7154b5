// Text in drawings: how wide it is at most, how it is broken into lines, how it is written in XML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::draw {

// Width in pixels at a size, for the widest of the usual sans-serif faces (DejaVu Sans): others take less.
double width_of(std::string_view text, double size);
// The same of monospaced text.
double mono_width_of(std::string_view text, double size);

enum class Face { sans, mono };

// Breaks text at blanks, and words that are too long behind their separators or anywhere, into at most so
// many lines of at most that width; what is cut off ends in an ellipsis.
std::vector<std::string> wrapped(std::string_view text, double width, double size, std::size_t most,
                                 Face face = Face::sans);

// Escaped for text and attributes of XML and HTML; control characters, which XML does not take, as blanks.
std::string escaped(std::string_view text);

}  // namespace azid::draw
