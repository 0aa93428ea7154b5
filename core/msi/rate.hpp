// The managed identity resource provider's limits on how many identities may be created and assigned in
// twenty seconds, off by default (throttle). Source: entra-docs, includes/managed-identity-limits: 80
// creations and 300 assignments for a subscription in a region, 400 of both for a tenant in a region.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/session.hpp"

#include <string_view>

namespace azid::msi {

// Counts one identity that is about to be created, or assigned to a host, in the region. Throws Error
// (TooManyRequests) when it is one too many; that counts against nothing.
void count_creation(Session& session, const arm::ResourceId& id, std::string_view region);
void count_assignment(Session& session, const arm::ResourceId& host, std::string_view region);

}  // namespace azid::msi
