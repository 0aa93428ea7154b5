// The values that completions offer from the state: names of groups, machines, roles.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::app {
struct Context;
}

namespace azid::commands {

// All values of a kind ("group", "vm", "role": Option::completes), of one resource group where one is named.
// Empty for a kind that nobody knows, without a state file, and when nobody is signed in.
std::vector<std::string> completion_values(const app::Context& context, std::string_view kind,
                                           std::string_view group);

}  // namespace azid::commands
