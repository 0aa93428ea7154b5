// What Microsoft.Compute serves.
#pragma once

#include "core/arm/registry.hpp"

namespace azid::compute {

// Virtual machines and disks.
std::span<const arm::ResourceType> resource_types();

}  // namespace azid::compute
