// The one list of nouns. Each stands in cli/spec/<noun>.cpp and gives its commands; a new noun is declared
// and listed here, in alphabetical order, and nowhere else.
#pragma once

#include "cli/spec/packed_commands.hpp"
#include "core/base/short_text.hpp"

namespace azid::spec {

Table access_commands();
Table activity_log_commands();
Table account_commands();
Table account_access_commands();
Table ad_app_commands();
Table ad_commands();
Table ad_sp_commands();
Table appservice_commands();
Table clock_commands();
Table cloud_commands();
Table completion_commands();
Table config_commands();
Table deployment_commands();
Table deployment_sub_commands();
Table disk_commands();
Table federated_credential_commands();
Table functionapp_commands();
Table group_commands();
Table identity_commands();
Table keyvault_commands();
Table keyvault_hsm_commands();
Table keyvault_key_commands();
Table keyvault_key_use_commands();
Table keyvault_lifecycle_commands();
Table keyvault_secret_commands();
Table network_commands();
Table network_vnet_commands();
Table lock_commands();
Table management_group_commands();
Table provider_commands();
Table resource_commands();
Table rest_commands();
Table role_assignment_commands();
Table role_definition_commands();
Table server_commands();
Table settings_commands();
Table state_commands();
Table storage_account_commands();
Table storage_blob_commands();
Table storage_commands();
Table subscription_commands();
Table tag_commands();
Table storage_container_commands();
Table token_commands();
Table tool_commands();
Table trace_commands();
Table vm_catalog_commands();
Table vm_change_commands();
Table vm_commands();
Table vm_create_commands();
Table vm_extension_commands();
Table vm_parts_commands();
Table webapp_commands();

struct Noun {
    // All that names of its commands begin with: only there is such a command looked for.
    ShortText<40> first_words;
    Table (*commands)();
};

inline constexpr Noun nouns[] = {
    {"access", access_commands},
    {"monitor", activity_log_commands},
    {"account login logout", account_commands},
    {"account", account_access_commands},
    {"ad", ad_app_commands},
    {"ad", ad_commands},
    {"ad", ad_sp_commands},
    {"appservice", appservice_commands},
    {"clock", clock_commands},
    {"cloud", cloud_commands},
    {"completion generate", completion_commands},
    {"configure config", config_commands},
    {"deployment", deployment_commands},
    {"deployment", deployment_sub_commands},
    {"disk", disk_commands},
    {"identity", federated_credential_commands},
    {"functionapp", functionapp_commands},
    {"group", group_commands},
    {"identity", identity_commands},
    {"keyvault", keyvault_commands},
    {"keyvault", keyvault_hsm_commands},
    {"keyvault", keyvault_key_commands},
    {"keyvault", keyvault_key_use_commands},
    {"keyvault", keyvault_lifecycle_commands},
    {"keyvault", keyvault_secret_commands},
    {"network", network_commands},
    {"network", network_vnet_commands},
    {"lock account group resource", lock_commands},
    {"account", management_group_commands},
    {"provider", provider_commands},
    {"resource", resource_commands},
    {"rest", rest_commands},
    {"role", role_assignment_commands},
    {"role", role_definition_commands},
    {"env exec serve vm", server_commands},
    {"settings", settings_commands},
    {"state undo", state_commands},
    {"storage", storage_account_commands},
    {"storage", storage_blob_commands},
    {"storage", storage_commands},
    {"subscription tenant", subscription_commands},
    {"tag", tag_commands},
    {"storage", storage_container_commands},
    {"token", token_commands},
    {"version upgrade extension query shim", tool_commands},
    {"map trace", trace_commands},
    {"vm", vm_catalog_commands},
    {"vm", vm_change_commands},
    {"vm", vm_commands},
    {"vm", vm_create_commands},
    {"vm", vm_extension_commands},
    {"vm", vm_parts_commands},
    {"webapp", webapp_commands},
};

}  // namespace azid::spec
