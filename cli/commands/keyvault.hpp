// The commands of "az keyvault".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json keyvault_create(app::Context& context);
Json keyvault_show(app::Context& context);
Json keyvault_list(app::Context& context);
Json keyvault_delete(app::Context& context);
Json keyvault_update(app::Context& context);
Json keyvault_set_policy(app::Context& context);
Json keyvault_delete_policy(app::Context& context);
Json keyvault_wait(app::Context& context);

Json keyvault_network_rule_add(app::Context& context);
Json keyvault_network_rule_remove(app::Context& context);
Json keyvault_network_rule_list(app::Context& context);

Json keyvault_list_deleted(app::Context& context);
Json keyvault_show_deleted(app::Context& context);
Json keyvault_recover(app::Context& context);
Json keyvault_purge(app::Context& context);

Json keyvault_secret_set(app::Context& context);
Json keyvault_secret_show(app::Context& context);
Json keyvault_secret_list(app::Context& context);
Json keyvault_secret_delete(app::Context& context);
Json keyvault_secret_list_versions(app::Context& context);
Json keyvault_secret_set_attributes(app::Context& context);
Json keyvault_secret_list_deleted(app::Context& context);
Json keyvault_secret_show_deleted(app::Context& context);
Json keyvault_secret_recover(app::Context& context);
Json keyvault_secret_purge(app::Context& context);
Json keyvault_secret_download(app::Context& context);
Json keyvault_secret_backup(app::Context& context);
Json keyvault_secret_restore(app::Context& context);

}  // namespace azid::commands
