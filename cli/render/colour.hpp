// The colours of pygments' TerminalFormatter on a light background.
#pragma once

#include <string>
#include <string_view>

namespace azid::render::colour {

inline constexpr std::string_view none = "";
inline constexpr std::string_view blank = "\x1b[37m";
inline constexpr std::string_view key = "\x1b[94m";
inline constexpr std::string_view string = "\x1b[33m";
inline constexpr std::string_view literal = "\x1b[34m";
inline constexpr std::string_view variable = "\x1b[31m";
inline constexpr std::string_view document = "\x1b[04m\x1b[36m";
inline constexpr std::string_view error = "\x1b[04m\x1b[91m";

// Appends a token. Each of its lines is coloured by itself; the newline stays outside of the colour.
void paint(std::string& out, std::string_view colour, std::string_view token);

}  // namespace azid::render::colour
