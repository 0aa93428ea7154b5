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

Json vm_update(app::Context& context);
Json vm_resize(app::Context& context);
Json vm_wait(app::Context& context);
Json vm_open_port(app::Context& context);
Json vm_redeploy(app::Context& context);
Json vm_reapply(app::Context& context);
Json vm_generalize(app::Context& context);
Json vm_simulate_eviction(app::Context& context);
Json vm_convert(app::Context& context);
Json vm_capture(app::Context& context);
Json vm_auto_shutdown(app::Context& context);
Json vm_list_vm_resize_options(app::Context& context);

Json vm_list_sizes(app::Context& context);
Json vm_list_skus(app::Context& context);
Json vm_list_usage(app::Context& context);
Json vm_image_list(app::Context& context);
Json vm_image_show(app::Context& context);
Json vm_image_list_publishers(app::Context& context);
Json vm_image_list_offers(app::Context& context);
Json vm_image_list_skus(app::Context& context);
Json vm_extension_image_list(app::Context& context);
Json vm_extension_image_list_names(app::Context& context);
Json vm_extension_image_list_versions(app::Context& context);
Json vm_extension_image_show(app::Context& context);

Json vm_extension_set(app::Context& context);
Json vm_extension_show(app::Context& context);
Json vm_extension_list(app::Context& context);
Json vm_extension_delete(app::Context& context);
Json vm_extension_wait(app::Context& context);
Json vm_run_command_invoke(app::Context& context);
// Runs the script once the transaction is over.
Json vm_run_command_in_guest(app::Context& context, Json machine);
Json vm_run_command_create(app::Context& context);
Json vm_run_command_update(app::Context& context);
Json vm_run_command_delete(app::Context& context);
Json vm_run_command_list(app::Context& context);
Json vm_run_command_show(app::Context& context);
Json vm_run_command_wait(app::Context& context);

Json vm_disk_attach(app::Context& context);
Json vm_disk_detach(app::Context& context);
Json vm_nic_list(app::Context& context);
Json vm_nic_show(app::Context& context);
Json vm_nic_add(app::Context& context);
Json vm_nic_remove(app::Context& context);
Json vm_nic_set(app::Context& context);
Json vm_secret_list(app::Context& context);
Json vm_secret_add(app::Context& context);
Json vm_secret_remove(app::Context& context);
Json vm_secret_format(app::Context& context);
Json vm_user_update(app::Context& context);
Json vm_user_delete(app::Context& context);
Json vm_user_reset_ssh(app::Context& context);

}  // namespace azid::commands
