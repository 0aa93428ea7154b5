// Operations as the activity log words them for people.
#pragma once

#include <string>
#include <string_view>

namespace azid::arm {

// "Create or Update Virtual Machine" of "Microsoft.Compute/virtualMachines/write"; the action itself where
// azid has no words for it.
std::string operation_name(std::string_view action);

}  // namespace azid::arm
