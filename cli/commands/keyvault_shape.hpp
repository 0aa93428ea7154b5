// What the commands about vaults share: finding the vault meant, and printing it as az does.
#pragma once

#include "cli/app/context.hpp"
#include "core/arm/resource_id.hpp"

#include <string>

namespace azid::commands {

// The vault as az prints it: every field of its model, dates as Python writes them.
Json shaped_vault(Json vault);

// The --name of the command. Throws Error (fault::client) without one.
std::string required_vault_name(const app::Context& context);

// The vault of --name: in the group of -g, or wherever in the subscription as az does without -g. Throws
// Error (fault::client) when there is none of that name.
arm::ResourceId vault_id(const app::Context& context);

// --retention-days as a number. Throws Error (fault::client) with Python's words when it is none.
int retention_days(const app::Context& context);

// The network rules that "keyvault create" asks for (--network-acls, --network-acls-ips,
// --network-acls-vnets, --bypass, --default-action). Throws Error (fault::client) for what is no subnet.
Json network_rules_of(app::Context& context);

}  // namespace azid::commands
