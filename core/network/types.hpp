// What Microsoft.Network serves.
#pragma once

#include "core/arm/registry.hpp"

namespace azid::network {

// Virtual networks and their subnets, security groups, public addresses, network interfaces.
std::span<const arm::ResourceType> resource_types();

}  // namespace azid::network
