#include "cli/commands/keyvault.hpp"
#include "cli/commands/argument_checks.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/keyvault_options.hpp"
#include "cli/spec/nouns.hpp"

namespace azid::spec {

namespace {

constexpr Option enabled_for_deployment{
    .names = "--enabled-for-deployment",
    .key = "enabled_for_deployment",
    .help = "Let virtual machines fetch certificates that are kept as secrets",
    .arity = Arity::three_state,
    .status = Status::recorded};
constexpr Option enabled_for_disk_encryption{.names = "--enabled-for-disk-encryption",
                                             .key = "enabled_for_disk_encryption",
                                             .help = "Let Azure Disk Encryption use the vault",
                                             .arity = Arity::three_state,
                                             .status = Status::recorded};
constexpr Option enabled_for_template_deployment{.names = "--enabled-for-template-deployment",
                                                 .key = "enabled_for_template_deployment",
                                                 .help = "Let template deployments read secrets",
                                                 .arity = Arity::three_state,
                                                 .status = Status::recorded};
constexpr Option enable_rbac_authorization{.names = "--enable-rbac-authorization",
                                           .key = "enable_rbac_authorization",
                                           .help = "Decide by roles (true) or by access policies (false)",
                                           .arity = Arity::three_state};
constexpr Option enable_purge_protection{.names = "--enable-purge-protection",
                                         .key = "enable_purge_protection",
                                         .help = "Never purge before the retention time is over",
                                         .arity = Arity::three_state};
constexpr Option retention_days{.names = "--retention-days",
                                .key = "retention_days",
                                .help = "Days that deleted things are kept, 7 to 90, fixed at creation"};
constexpr Option bypass{.names = "--bypass",
                        .key = "bypass",
                        .help = "Who is let in past the network rules",
                        .choices = "AzureServices None",
                        .section = "Network Rule",
                        .status = Status::recorded};
constexpr Option default_action{.names = "--default-action",
                                .key = "default_action",
                                .help = "What happens where no network rule fits",
                                .choices = "Allow Deny",
                                .section = "Network Rule",
                                .status = Status::recorded};
constexpr Option public_network_access{.names = "--public-network-access",
                                       .key = "public_network_access",
                                       .help = "Whether the vault is reached from the internet",
                                       .choices = "Enabled Disabled",
                                       .status = Status::recorded};
constexpr Option required_vault = required(vault_name);

constexpr Option with_fallback(Option option, std::string_view value) {
    option.fallback = value;
    return option;
}

constexpr Option create_options[] = {
    subscription,
    resource_group,
    described(vault_name, "Name of the vault, 3 to 24 characters, unique in all of Azure"),
    hsm_name,
    {.names = "--administrators",
     .key = "administrators",
     .help = "Administrators of a managed HSM",
     .arity = Arity::some,
     .status = Status::refused,
     .why = no_hsm},
    location,
    {.names = "--sku", .key = "sku", .help = "standard (the default) or premium"},
    enabled_for_deployment,
    enabled_for_disk_encryption,
    enabled_for_template_deployment,
    with_fallback(enable_rbac_authorization, "true"),
    enable_purge_protection,
    retention_days,
    {.names = "--network-acls",
     .key = "network_acls",
     .help = "Network rules as JSON text or file, such as {\"ip\": [\"1.2.3.4\"], \"vnet\": [...]}",
     .section = "Network Rule",
     .status = Status::recorded},
    {.names = "--network-acls-ips",
     .key = "network_acls_ips",
     .help = "Addresses and ranges let in",
     .arity = Arity::any,
     .section = "Network Rule",
     .status = Status::recorded},
    {.names = "--network-acls-vnets",
     .key = "network_acls_vnets",
     .help = "Subnets let in, as vnet/subnet or by id",
     .arity = Arity::any,
     .section = "Network Rule",
     .status = Status::recorded},
    bypass,
    default_action,
    {.names = "--no-self-perms",
     .key = "no_self_perms",
     .help = "With access policies: give the creator none",
     .arity = Arity::three_state},
    tags,
    public_network_access,
    {.names = "--mi-user-assigned",
     .key = "user_identities",
     .help = "Identities of a managed HSM",
     .arity = Arity::any,
     .status = Status::refused,
     .why = no_hsm},
    no_wait,
};
constexpr Option show_options[] = {subscription, optional(resource_group), vault_name, hsm_name};
constexpr Option list_options[] = {subscription, optional(resource_group), vault_resource_type};
constexpr Option delete_options[] = {subscription, optional(resource_group), vault_name, hsm_name, no_wait};
constexpr Option set_policy_options[] = {
    subscription,
    optional(resource_group),
    required_vault,
    policy_object_id,
    policy_application_id,
    policy_spn,
    policy_upn,
    {.names = "--key-permissions",
     .key = "key_permissions",
     .help = "What may be done with keys",
     .arity = Arity::any,
     .choices = "all encrypt decrypt wrapKey unwrapKey sign verify get list create update import delete "
                "backup restore recover purge release rotate getrotationpolicy setrotationpolicy",
     .section = "Permission"},
    {.names = "--secret-permissions",
     .key = "secret_permissions",
     .help = "What may be done with secrets",
     .arity = Arity::any,
     .choices = "all get list set delete backup restore recover purge",
     .section = "Permission"},
    {.names = "--certificate-permissions",
     .key = "certificate_permissions",
     .help = "What may be done with certificates",
     .arity = Arity::any,
     .choices = "all get list delete create import update managecontacts getissuers listissuers setissuers "
                "deleteissuers "
                "manageissuers recover purge backup restore",
     .section = "Permission",
     .status = Status::recorded},
    {.names = "--storage-permissions",
     .key = "storage_permissions",
     .help = "What may be done with managed storage accounts",
     .arity = Arity::any,
     .choices = "all get list delete set update regeneratekey recover purge backup restore setsas listsas "
                "getsas deletesas",
     .section = "Permission",
     .status = Status::recorded},
    no_wait,
};

constexpr Option delete_policy_options[] = {subscription,
                                            optional(resource_group),
                                            required_vault,
                                            policy_object_id,
                                            policy_application_id,
                                            policy_spn,
                                            policy_upn,
                                            no_wait};
constexpr Option update_options[] = {subscription,
                                     optional(resource_group),
                                     required_vault,
                                     enabled_for_deployment,
                                     enabled_for_disk_encryption,
                                     enabled_for_template_deployment,
                                     enable_rbac_authorization,
                                     enable_purge_protection,
                                     retention_days,
                                     bypass,
                                     default_action,
                                     public_network_access,
                                     set,
                                     add,
                                     remove,
                                     force_string,
                                     no_wait};

constexpr Example create_examples[] = {
    {"A vault whose secrets are given out by roles", "azid keyvault create -g rg -n kv-one"},
    {"One with access policies", "azid keyvault create -g rg -n kv-two --enable-rbac-authorization false"}};
constexpr Example show_examples[] = {
    {"The vault's id, for a role's scope", "azid keyvault show -n kv-one --query id -o tsv"}};
constexpr Example list_examples[] = {{"All vaults of a group", "azid keyvault list -g rg -o table"}};
constexpr Example delete_examples[] = {{"Delete it; the name stays taken", "azid keyvault delete -n kv-one"}};
constexpr Example set_policy_examples[] = {
    {"Let a machine's identity read secrets",
     "azid keyvault set-policy -n kv-two --object-id 66666666-7777-4888-8999-000000000000 "
     "--secret-permissions get list"}};
constexpr Example delete_policy_examples[] = {
    {"Take a principal's permissions away",
     "azid keyvault delete-policy -n kv-two --object-id 66666666-7777-4888-8999-000000000000"}};
constexpr Example update_examples[] = {
    {"Let roles decide from now on", "azid keyvault update -n kv-two --enable-rbac-authorization true"},
    {"Change a tag", "azid keyvault update -n kv-one --set tags.env=test"}};

constexpr Command table[] = {
    {.name = "keyvault create",
     .summary = "Create a vault.",
     .options = packed<create_options>,
     .run = commands::keyvault_create,
     .examples = create_examples,
     .details = "The creator gets no role on its secrets: even an Owner must be given one, such as Key Vault "
                "Secrets Officer.",
     .check = commands::check_vault_name},
    {.name = "keyvault show",
     .summary = "Show a vault.",
     .options = packed<show_options>,
     .run = commands::keyvault_show,
     .examples = show_examples,
     .reads = true,
     .check = commands::check_vault_name},
    {.name = "keyvault list",
     .summary = "List vaults.",
     .options = packed<list_options>,
     .run = commands::keyvault_list,
     .examples = list_examples,
     .reads = true},
    {.name = "keyvault delete",
     .summary = "Soft-delete a vault; its name stays taken until it is purged.",
     .options = packed<delete_options>,
     .run = commands::keyvault_delete,
     .examples = delete_examples,
     .check = commands::check_vault_name},
    {.name = "keyvault set-policy",
     .summary = "Give a principal permissions in a vault that works with access policies.",
     .options = packed<set_policy_options>,
     .run = commands::keyvault_set_policy,
     .examples = set_policy_examples,
     .check = commands::check_set_policy},
    {.name = "keyvault delete-policy",
     .summary = "Take a principal's access policy away.",
     .options = packed<delete_policy_options>,
     .run = commands::keyvault_delete_policy,
     .examples = delete_policy_examples,
     .check = commands::check_principal},
    {.name = "keyvault update",
     .summary = "Change a vault's properties.",
     .options = packed<update_options>,
     .run = commands::keyvault_update,
     .examples = update_examples,
     .details = "Changing between roles and access policies takes the right to assign roles."},
};
static_assert(fault_of(table).empty());

}  // namespace

Table keyvault_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
