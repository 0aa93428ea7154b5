#include "core/network/types.hpp"

#include "core/network/network.hpp"

namespace azid::network {

namespace {

constexpr arm::ResourceType all[] = {
    {.type = "Microsoft.Network/virtualNetworks",
     .put = put_virtual_network,
     .get = get_virtual_network,
     .remove = remove_virtual_network},
    {.type = "Microsoft.Network/virtualNetworks/subnets",
     .put = put_subnet,
     .get = get_subnet,
     .remove = remove_subnet,
     .list_below = list_subnets},
    {.type = "Microsoft.Network/networkSecurityGroups",
     .put = put_security_group,
     .get = get_security_group,
     .remove = remove_security_group},
    {.type = "Microsoft.Network/networkSecurityGroups/securityRules",
     .put = put_security_rule,
     .get = get_security_rule,
     .remove = remove_security_rule,
     .list_below = list_security_rules},
    {.type = "Microsoft.Network/publicIPAddresses",
     .put = put_public_address,
     .get = get_public_address,
     .remove = remove_public_address},
    {.type = "Microsoft.Network/networkInterfaces",
     .put = put_interface,
     .get = get_interface,
     .remove = remove_interface,
     .preflight = check_interface},
};

}  // namespace

std::span<const arm::ResourceType> resource_types() { return all; }

}  // namespace azid::network
