// Long-running operations: begun by a request, over at an instant that is known from the beginning.
#pragma once

#include "core/arm/operation.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace azid::arm {

// When work begun now on a thing of that type ("Microsoft.Compute/virtualMachines", or
// "Microsoft.Resources/subscriptions/resourceGroups") is over: the one place that knows how long provisioning
// takes.
Instant provisioning_end(Session& session, std::string_view type);

// Keeps the operation, with id, caller and times of its own, and gives it back.
Operation begin_operation(Session& session, Operation operation, std::string_view type);

// The operation, if the caller may follow it: whoever began it, and whoever may read
// "<provider>/locations/operations" of the subscription. Throws Error: AuthorizationFailed, NotFound.
Operation require_operation(Session& session, std::string_view subscription, std::string_view id);

bool is_over(const Session& session, const Operation& operation);
// Whole seconds until its end, from 1 (where clients would take 0 for "the default of half a minute") to 15.
long seconds_to_wait(const Session& session, const Operation& operation);

// What "provisioningState" has to show of the resource now, if something is still going on with it; empty
// otherwise.
std::optional<std::string> unfinished_state(Session& session, std::string_view resource_id);

}  // namespace azid::arm
