// Changing a machine the way az does: read it, change what was read, write it back whole.
#pragma once

#include "cli/app/context.hpp"
#include "core/arm/resource_id.hpp"

namespace azid::commands {

// The machine as az shows it, ready to be changed: without the image it was made of, which az leaves out so
// that nobody needs the right to read it. Throws Error: AuthorizationFailed, ResourceNotFound.
Json machine_to_change(app::Context& context, const arm::ResourceId& id);

// Writes the changed machine back. Gives it as az shows it. Throws Error as put_machine does.
Json write_machine(app::Context& context, const arm::ResourceId& id, const Json& shown);

}  // namespace azid::commands
