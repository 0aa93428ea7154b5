// The commands of "az network": what virtual machines stand on.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json network_nic_create(app::Context& context);
Json network_nic_show(app::Context& context);
Json network_nic_list(app::Context& context);
Json network_nic_delete(app::Context& context);
Json network_nsg_create(app::Context& context);
Json network_nsg_show(app::Context& context);
Json network_nsg_list(app::Context& context);
Json network_nsg_delete(app::Context& context);
Json network_public_ip_create(app::Context& context);
Json network_public_ip_show(app::Context& context);
Json network_public_ip_list(app::Context& context);
Json network_public_ip_delete(app::Context& context);
Json network_vnet_create(app::Context& context);
Json network_vnet_show(app::Context& context);
Json network_vnet_list(app::Context& context);
Json network_vnet_delete(app::Context& context);
Json network_vnet_subnet_create(app::Context& context);
Json network_vnet_subnet_show(app::Context& context);
Json network_vnet_subnet_list(app::Context& context);
Json network_vnet_subnet_delete(app::Context& context);

}  // namespace azid::commands
