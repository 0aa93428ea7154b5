// Operation names such as "Microsoft.Compute/virtualMachines/start/action" and the wildcards of roles.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {

// Whether a role's action text covers the operation. Case does not count; '*' stands for any characters, '/'
// among them; "/*/" also stands for a single '/', without which Managed Identity Operator could not assign an
// identity. Time is at most pattern length times action length, whatever the pattern. Source: Azure role
// definitions, and the built-in roles against what they are documented to give.
bool action_matches(std::string_view pattern, std::string_view action);

// The first pattern that covers the operation. Null when none does; points into patterns otherwise.
const std::string* matching_pattern(const std::vector<std::string>& patterns, std::string_view action);

// Whether Azure counts the operation among the data actions. Key Vault, Storage and virtual machine sign-in
// are known from a table of their operations; others when a built-in role names exactly that operation among
// its data actions only. A name that is both (Microsoft.KeyVault/vaults/keys/read) counts as control action.
bool is_data_action(std::string_view action);

}  // namespace azid::rbac
