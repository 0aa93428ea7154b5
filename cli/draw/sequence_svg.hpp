// The pieces of a sequence diagram: each is drawn from its own top, so that they can stand below each other
// in one picture, or apart in a page.
#pragma once

#include "cli/draw/sequence.hpp"

#include <string>
#include <string_view>

namespace azid::draw {

struct Piece {
    double height = 0;
    std::string svg;
};

// The colours of both forms, for light and dark.
extern const std::string_view drawing_style;

double diagram_width(const Sequence& sequence);
// The names of those who take part.
Piece heads_piece(const Sequence& sequence);
// The command or request.
Piece section_piece(const Sequence& sequence, const Section& section);
Piece message_piece(const Sequence& sequence, const Message& message);
// What was said of a failure.
Piece failure_piece(const Sequence& sequence, const Section& section);

// What a drawing of nothing says.
inline constexpr std::string_view nothing = "Nothing has been set in motion yet.";

}  // namespace azid::draw
