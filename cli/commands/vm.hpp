// The commands of "az vm".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json vm_create(app::Context& context);
Json vm_show(app::Context& context);
Json vm_list(app::Context& context);
Json vm_delete(app::Context& context);
Json vm_start(app::Context& context);
Json vm_stop(app::Context& context);
Json vm_deallocate(app::Context& context);
Json vm_restart(app::Context& context);
Json vm_get_instance_view(app::Context& context);
Json vm_list_ip_addresses(app::Context& context);
Json vm_identity_assign(app::Context& context);
Json vm_identity_show(app::Context& context);
Json vm_identity_remove(app::Context& context);

}  // namespace azid::commands
