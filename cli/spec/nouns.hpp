// The one list of nouns. Each stands in cli/spec/<noun>.cpp and gives its commands; a new noun is declared
// and listed here, in alphabetical order, and nowhere else.
#pragma once

#include "cli/spec/spec.hpp"

#include <array>

namespace azid::spec {

using Table = std::span<const Command>;

Table access_commands();
Table federated_credential_commands();
Table group_commands();
Table identity_commands();
Table keyvault_commands();
Table role_assignment_commands();
Table role_definition_commands();
Table token_commands();
Table trace_commands();
Table version_commands();

// clang-format off
inline constexpr std::array nouns{
    access_commands,
    federated_credential_commands,
    group_commands,
    identity_commands,
    keyvault_commands,
    role_assignment_commands,
    role_definition_commands,
    token_commands,
    trace_commands,
    version_commands,
};
// clang-format on

}  // namespace azid::spec
