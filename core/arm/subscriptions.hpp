// Subscriptions as Resource Manager shows them, and where resources of one can be made.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>
#include <vector>

namespace azid::arm {

// {"id","authorizationSource","managedByTenants","subscriptionId","tenantId","displayName","state",...}.
Json subscription_wire(const Subscription& subscription);

// The regions of the subscription: those of Azure, then the names that stand for several; with extended the
// edge zones too. Anybody who sees the subscription may ask; nothing is authorised here.
std::vector<Json> list_locations(Session& session, std::string_view subscription, bool extended);

}  // namespace azid::arm
