// The commands of "az keyvault key".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json keyvault_key_create(app::Context& context);
Json keyvault_key_import(app::Context& context);
Json keyvault_key_show(app::Context& context);
Json keyvault_key_list(app::Context& context);
Json keyvault_key_list_versions(app::Context& context);
Json keyvault_key_set_attributes(app::Context& context);
Json keyvault_key_delete(app::Context& context);
Json keyvault_key_list_deleted(app::Context& context);
Json keyvault_key_show_deleted(app::Context& context);
Json keyvault_key_recover(app::Context& context);
Json keyvault_key_purge(app::Context& context);
Json keyvault_key_backup(app::Context& context);
Json keyvault_key_restore(app::Context& context);
Json keyvault_key_download(app::Context& context);
Json keyvault_key_rotate(app::Context& context);
Json keyvault_key_rotation_policy_show(app::Context& context);
Json keyvault_key_rotation_policy_update(app::Context& context);

Json keyvault_key_encrypt(app::Context& context);
Json keyvault_key_decrypt(app::Context& context);
Json keyvault_key_sign(app::Context& context);
Json keyvault_key_verify(app::Context& context);
Json keyvault_key_get_policy_template(app::Context& context);
// Refuses: there are no managed HSMs.
Json keyvault_hsm_only(app::Context& context);

}  // namespace azid::commands
