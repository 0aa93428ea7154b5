// The one list of nouns. Each stands in cli/spec/<noun>.cpp and gives its commands; a new noun is declared
// and listed here, in alphabetical order, and nowhere else.
#pragma once

#include "cli/spec/spec.hpp"

#include <array>

namespace azid::spec {

using Table = std::span<const Command>;

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

inline constexpr std::array nouns{
    access_commands,
    activity_log_commands,
    account_commands,
    account_access_commands,
    ad_app_commands,
    ad_commands,
    ad_sp_commands,
    appservice_commands,
    clock_commands,
    cloud_commands,
    completion_commands,
    config_commands,
    deployment_commands,
    deployment_sub_commands,
    disk_commands,
    federated_credential_commands,
    functionapp_commands,
    group_commands,
    identity_commands,
    keyvault_commands,
    keyvault_hsm_commands,
    keyvault_key_commands,
    keyvault_key_use_commands,
    keyvault_lifecycle_commands,
    keyvault_secret_commands,
    network_commands,
    network_vnet_commands,
    lock_commands,
    management_group_commands,
    provider_commands,
    resource_commands,
    rest_commands,
    role_assignment_commands,
    role_definition_commands,
    server_commands,
    settings_commands,
    state_commands,
    storage_account_commands,
    storage_blob_commands,
    storage_commands,
    subscription_commands,
    tag_commands,
    storage_container_commands,
    token_commands,
    tool_commands,
    trace_commands,
    vm_catalog_commands,
    vm_change_commands,
    vm_commands,
    vm_create_commands,
    vm_extension_commands,
    vm_parts_commands,
    webapp_commands,
};

}  // namespace azid::spec
