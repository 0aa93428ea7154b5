// The one list of nouns. Each stands in cli/spec/<noun>.cpp and gives its commands; a new noun is declared
// and listed here, in alphabetical order, and nowhere else.
#pragma once

#include "cli/spec/spec.hpp"

#include <array>

namespace azid::spec {

using Table = std::span<const Command>;

Table group_commands();
Table identity_commands();
Table token_commands();
Table version_commands();

inline constexpr std::array nouns{
    group_commands,
    identity_commands,
    token_commands,
    version_commands,
};

}  // namespace azid::spec
