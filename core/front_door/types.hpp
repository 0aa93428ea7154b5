// Where the systems' resource types come together.
#pragma once

#include "core/arm/registry.hpp"

#include <vector>

namespace azid::front_door {

// One line for each system in providers.cpp.
std::vector<const arm::ResourceType*> collect_types();

}  // namespace azid::front_door
