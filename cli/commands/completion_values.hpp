// The values that completions offer from the state: names of groups, machines, roles.
#pragma once

#include "cli/render/completion.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::app {
struct Context;
}

namespace azid::commands {

// All values of a kind ("group", "vm", "role": Option::completes), of one resource group where one is named,
// of one setting where that stands before them.
// Empty for a kind that nobody knows, and where it needs a state without a state file or somebody signed in.
std::vector<render::Candidate> completion_values(const app::Context& context, std::string_view kind,
                                                 std::string_view group);

// Whether that is a kind which options may name; "file" is left to the shell.
bool is_completion_kind(std::string_view kind);

}  // namespace azid::commands
