// Starting and stopping machines. Only a running one has an Instance Metadata Service; identities, principals
// and role assignments outlive every stop.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>

namespace azid::compute {

inline constexpr std::string_view running = "running";
inline constexpr std::string_view stopped = "stopped";
inline constexpr std::string_view deallocated = "deallocated";

// POSTs on a machine, as ResourceAction wants them; each gives null. Throws Error: AuthorizationFailed,
// ResourceNotFound, and OperationNotAllowed where the machine would have to be running.
Json start_machine(Session& session, const arm::ResourceId& id, const Json& body);
Json power_off_machine(Session& session, const arm::ResourceId& id, const Json& body);
Json deallocate_machine(Session& session, const arm::ResourceId& id, const Json& body);
Json restart_machine(Session& session, const arm::ResourceId& id, const Json& body);
Json redeploy_machine(Session& session, const arm::ResourceId& id, const Json& body);
Json reapply_machine(Session& session, const arm::ResourceId& id, const Json& body);

}  // namespace azid::compute
