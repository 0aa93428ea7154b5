// How az shows virtual machines: the model's fields, all of them, and what -d adds.
#pragma once

#include "cli/app/context.hpp"
#include "core/arm/resource_id.hpp"

#include <string>
#include <vector>

namespace azid::commands {

// ARM's JSON of a machine as az's model prints it: flattened, spelled and filled up its way.
Json shaped_machine(Json body);

// The other way round: what az would send of a machine that it shows, in ARM's JSON. Nulls are left out;
// names may be spelled camelCase or snake_case.
Json arm_machine(const Json& shown);

// The identity block alone; null for none.
Json shaped_identity(const Json& body);

// What the commands with details show of a machine's network: comma-joined texts. Throws Error
// (AuthorizationFailed) when the caller may not read the interfaces or addresses.
struct Details {
    std::string fqdns;
    std::string mac_addresses;
    std::string power_state;  // "VM running"
    std::string private_ips;
    std::string public_ips;
};
// body: ARM's JSON with the instance view.
Details details_of(app::Context& context, const Json& body);
// The shaped machine with the five members of -d in place of the instance view.
Json with_details(app::Context& context, const Json& body);

// The ids of the machine's interfaces, in order.
std::vector<std::string> interfaces_of(const Json& body);

// The machine that -g and -n (or --ids) name.
arm::ResourceId machine_id(const app::Context& context);

}  // namespace azid::commands
