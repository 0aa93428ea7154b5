// Starting and stopping machines. Only a running one has an Instance Metadata Service; identities, principals
// and role assignments outlive every stop.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
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
// Marks the machine as the source of an image, for good.
Json generalize_machine(Session& session, const arm::ResourceId& id, const Json& body);
// Takes a spot machine's place away: by its eviction policy it is deallocated or deleted.
Json evict_machine(Session& session, const arm::ResourceId& id, const Json& body);
// Unmanaged disks into managed ones: OperationNotAllowed where they are managed already.
Json convert_machine(Session& session, const arm::ResourceId& id, const Json& body);
// Copies of the disks as blobs: OperationNotAllowed, for managed disks are not copied this way.
Json capture_machine(Session& session, const arm::ResourceId& id, const Json& body);
// Whether a script may run in the guest. Throws Error: what is wrong with the request or the machine, and
// fault::not_modelled for built-in commands that azid has no script for.
void check_run_command(Session& session, const arm::ResourceId& id, const Json& body);
// A script that is to run in the guest. Like a missing key it is nothing that a transaction could wait for:
// whoever runs the transaction ends it, and has the script run.
struct GuestWanted {
    arm::ResourceId machine;
    std::string request;  // what was asked, JSON: commandId, script, parameters
};

// POST runCommand. Throws Error as check_run_command does, and GuestWanted where nothing is wrong.
Json run_command(Session& session, const arm::ResourceId& id, const Json& body);

}  // namespace azid::compute
