// "Did you mean": the likeness of two words as az measures it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::parse {

// Twice the length of all matching blocks by the sum of the lengths: the Ratcliff/Obershelp measure of
// Python's difflib, which az uses. The order of the arguments matters, as it does there.
double likeness(std::string_view text, std::string_view pattern);

// The candidate most like the word, at least 0.7; empty when there is none.
std::string closest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace azid::parse
