// Texts without addresses: one after another in an array of characters, each known by its place there. An
// address in a table has to be filled in by the loader whenever the program starts.
#pragma once

#include "cli/spec/text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace azid::spec {

using TextPlace = std::uint16_t;  // where a text begins; at 0 there is an empty one

// The texts of one table; each ends with a NUL.
template <std::size_t room>
using PackedTexts = std::array<char, room>;

// What PackedTexts need before anything is in them: an empty text at place 0.
inline constexpr std::size_t no_texts = 1;

// The room that a text takes. Counted, because g++ takes the length of a literal only.
constexpr std::size_t room_of(const Text& text) {
    if (text.empty()) return 0;
    std::size_t room = 1;
    for (const char* c = text.c_str(); *c != '\0'; ++c) ++room;
    return room;
}

// Puts a text behind those that are there, which end at end, and gives its place.
template <std::size_t room>
constexpr TextPlace put(const Text& text, PackedTexts<room>& texts, std::size_t& end) {
    static_assert(room - 1 <= std::numeric_limits<TextPlace>::max(), "the places have to be wider");
    if (text.empty()) return 0;
    const std::size_t begin = end;
    for (const char* c = text.c_str(); *c != '\0'; ++c) texts[end++] = *c;
    ++end;
    return static_cast<TextPlace>(begin);
}

}  // namespace azid::spec
