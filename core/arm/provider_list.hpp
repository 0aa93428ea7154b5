// The resource providers that azid knows, as data.
#pragma once

#include <span>
#include <string_view>

namespace azid::arm {

struct Provider {
    std::string_view name;              // "Microsoft.Compute"
    std::string_view versions;          // of its interface, space-separated, newest first
    std::string_view types;             // those it has besides what azid serves as resources, space-separated
    bool served = false;                // azid answers for it: registered from the beginning
    bool free = false;                  // works without being registered
    std::string_view application = {};  // Microsoft's own that acts for it, and its role: two GUIDs
};

std::span<const Provider> providers();
// Compared without case. Null when there is none.
const Provider* find_provider(std::string_view name);

}  // namespace azid::arm
