// Request bodies for machines and what they stand on.
#pragma once

#include "core/base/json.hpp"
#include "support/group_world.hpp"

#include <string>

namespace azid::test {

// A template's resources for a Linux machine with its own network: "<name>VNET", "<name>VMNic", "<name>".
Json machine_template(const GroupWorld& world, const std::string& name);

// The machine's own body, on an interface that exists.
Json machine_body(const GroupWorld& world, const std::string& name);

// Makes the machine with all that it needs, as the session's caller. extra is merged into its body: an
// identity, for example.
void make_machine(Session& session, const GroupWorld& world, const std::string& name, const Json& extra);

}  // namespace azid::test
