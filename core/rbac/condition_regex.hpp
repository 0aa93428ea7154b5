// Regular expressions for the StringMatches operators, in time proportional to pattern times text. For the
// condition_*.cpp files only.
#pragma once

#include <string_view>

namespace azid::rbac::condition {

// Whether the expression matches anywhere in the text. Known: . [..] [^..] \d \w \s \D \W \S ( ) (?: ) | * +
// ? {m,n} ^ $. Lazy forms match what the greedy ones match. A text that is no such expression throws Error
// (fault::invalid_condition).
bool regex_search(std::string_view pattern, std::string_view text, bool ignore_case);
// Only checks it. Throws like regex_search.
void check_regex(std::string_view pattern);

}  // namespace azid::rbac::condition
