#include "cli/commands/keyvault.hpp"
#include "cli/commands/argument_checks.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr std::string_view no_hsm = "azid has vaults, not managed HSMs.";

constexpr Option vault_name{
    .names = "--name -n", .key = "vault_name", .help = "Name of the vault", .completes = "vault"};
constexpr Option hsm_name{.names = "--hsm-name",
                          .key = "hsm_name",
                          .help = "Name of a managed HSM",
                          .status = Status::refused,
                          .why = no_hsm};
constexpr Option secret_vault{.names = "--vault-name",
                              .key = "vault_base_url",
                              .help = "Name of the vault",
                              .completes = "vault",
                              .section = "Id"};
constexpr Option secret_name{
    .names = "--name -n", .key = "name", .help = "Name of the secret", .section = "Id"};
constexpr Option secret_id{
    .names = "--id", .key = "identifier", .help = "Address of the secret in place of names", .section = "Id"};

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
    {.names = "--enabled-for-deployment",
     .key = "enabled_for_deployment",
     .help = "Let virtual machines fetch certificates that are kept as secrets",
     .arity = Arity::three_state,
     .status = Status::recorded},
    {.names = "--enabled-for-disk-encryption",
     .key = "enabled_for_disk_encryption",
     .help = "Let Azure Disk Encryption use the vault",
     .arity = Arity::three_state,
     .status = Status::recorded},
    {.names = "--enabled-for-template-deployment",
     .key = "enabled_for_template_deployment",
     .help = "Let template deployments read secrets",
     .arity = Arity::three_state,
     .status = Status::recorded},
    {.names = "--enable-rbac-authorization",
     .key = "enable_rbac_authorization",
     .help = "Decide by roles (true) or by access policies (false)",
     .arity = Arity::three_state,
     .fallback = "true"},
    {.names = "--enable-purge-protection",
     .key = "enable_purge_protection",
     .help = "Never purge before the retention time is over",
     .arity = Arity::three_state},
    {.names = "--retention-days",
     .key = "retention_days",
     .help = "Days that deleted things are kept, 7 to 90"},
    {.names = "--network-acls",
     .key = "network_acls",
     .help = "Network rules as JSON",
     .section = "Network Rule",
     .status = Status::refused,
     .why = "azid has no network in front of a vault, so it cannot hold network rules."},
    {.names = "--network-acls-ips",
     .key = "network_acls_ips",
     .help = "Addresses let in",
     .arity = Arity::any,
     .section = "Network Rule",
     .status = Status::refused,
     .why = "azid has no network in front of a vault, so it cannot hold network rules."},
    {.names = "--network-acls-vnets",
     .key = "network_acls_vnets",
     .help = "Subnets let in",
     .arity = Arity::any,
     .section = "Network Rule",
     .status = Status::refused,
     .why = "azid has no network in front of a vault, so it cannot hold network rules."},
    {.names = "--bypass",
     .key = "bypass",
     .help = "Who is let in past the network rules",
     .choices = "AzureServices None",
     .section = "Network Rule",
     .status = Status::recorded},
    {.names = "--default-action",
     .key = "default_action",
     .help = "What happens where no network rule fits",
     .choices = "Allow Deny",
     .section = "Network Rule",
     .status = Status::recorded},
    {.names = "--no-self-perms",
     .key = "no_self_perms",
     .help = "With access policies: give the creator none",
     .arity = Arity::three_state},
    tags,
    {.names = "--public-network-access",
     .key = "public_network_access",
     .help = "Whether the vault is reached from the internet",
     .choices = "Enabled Disabled",
     .status = Status::recorded},
    {.names = "--mi-user-assigned",
     .key = "user_identities",
     .help = "Identities of a managed HSM",
     .arity = Arity::any,
     .status = Status::refused,
     .why = no_hsm},
    no_wait,
};
constexpr Option show_options[] = {subscription, optional(resource_group), vault_name, hsm_name};
constexpr Option list_options[] = {
    subscription,
    optional(resource_group),
    {.names = "--resource-type",
     .key = "resource_type",
     .help = "vault, or hsm of which there are none",
     .choices = "vault hsm",
     .status = Status::recorded},
};
constexpr Option delete_options[] = {subscription, optional(resource_group), vault_name, hsm_name, no_wait};
constexpr Option set_policy_options[] = {
    subscription,
    optional(resource_group),
    {.names = "--name -n",
     .key = "vault_name",
     .help = "Name of the vault",
     .required = true,
     .completes = "vault"},
    {.names = "--object-id",
     .key = "object_id",
     .help = "Object id of the principal that gets the permissions"},
    {.names = "--application-id",
     .key = "application_id",
     .help = "Client id of an application that asks on the principal's behalf",
     .status = Status::recorded},
    {.names = "--spn",
     .key = "spn",
     .help = "The service principal that gets them, by client id or name URI"},
    {.names = "--upn", .key = "upn", .help = "The user who gets them, by user principal name"},
    {.names = "--key-permissions",
     .key = "key_permissions",
     .help = "What may be done with keys",
     .arity = Arity::any,
     .choices = "all encrypt decrypt wrapKey unwrapKey sign verify get list create update import delete "
                "backup restore recover "
                "purge release rotate getrotationpolicy setrotationpolicy",
     .section = "Permission",
     .status = Status::recorded},
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

constexpr Option secret_set_options[] = {
    subscription,
    {.names = "--name -n", .key = "name", .help = "Name of the secret", .required = true, .section = "Id"},
    {.names = "--value", .key = "value", .help = "The secret itself", .section = "Content Source"},
    {.names = "--enabled", .key = "enabled", .help = "Whether it can be read", .arity = Arity::three_state},
    tags,
    {.names = "--description --content-type",
     .key = "content_type",
     .help = "What the content is, such as text/plain"},
    {.names = "--not-before", .key = "not_before", .help = "Time from which it is meant to be used, UTC"},
    {.names = "--expires", .key = "expires_on", .help = "Time until which it is meant to be used, UTC"},
    {.names = "--vault-name",
     .key = "vault_base_url",
     .help = "Name of the vault",
     .required = true,
     .completes = "vault",
     .section = "Id"},
    {.names = "--disabled",
     .key = "disabled",
     .help = "Make it unreadable from the beginning",
     .arity = Arity::three_state},
    {.names = "--file -f",
     .key = "file_path",
     .help = "File that holds the value",
     .completes = "file",
     .section = "Content Source"},
    {.names = "--encoding -e",
     .key = "encoding",
     .help = "How the file is read",
     .choices = "utf-8 utf-16le utf-16be ascii base64 hex",
     .fallback = "utf-8",
     .section = "Content Source"},
};
constexpr Option secret_show_options[] = {
    subscription,
    secret_name,
    {.names = "--version -v", .key = "version", .help = "Version, the newest if left out", .section = "Id"},
    secret_id,
    secret_vault,
};
constexpr Option secret_list_options[] = {
    subscription,
    described(secret_id, "Address of the vault in place of its name"),
    secret_vault,
    {.names = "--maxresults", .key = "max_page_size", .help = "How many at most", .type = ValueType::integer},
    {.names = "--include-managed",
     .key = "include_managed",
     .help = "Also those that certificates keep, of which there are none",
     .arity = Arity::three_state,
     .status = Status::recorded},
};
constexpr Option secret_delete_options[] = {subscription, secret_name, secret_id, secret_vault};

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
constexpr Example secret_set_examples[] = {
    {"From the command line", "azid keyvault secret set --vault-name kv-one -n db --value s3cret"},
    {"From a file", "azid keyvault secret set --vault-name kv-one -n key --file key.pem"}};
constexpr Example secret_show_examples[] = {
    {"Only the value", "azid keyvault secret show --vault-name kv-one -n db --query value -o tsv"}};
constexpr Example secret_list_examples[] = {
    {"Their names", "azid keyvault secret list --vault-name kv-one --query '[].name' -o tsv"}};
constexpr Example secret_delete_examples[] = {
    {"All versions at once", "azid keyvault secret delete --vault-name kv-one -n db"}};

constexpr Command table[] = {
    {.name = "keyvault create",
     .summary = "Create a vault.",
     .options = create_options,
     .run = commands::keyvault_create,
     .examples = create_examples,
     .details = "The creator gets no role on its secrets: even an Owner must be given one, such as Key Vault "
                "Secrets Officer.",
     .check = commands::check_vault_name},
    {.name = "keyvault show",
     .summary = "Show a vault.",
     .options = show_options,
     .run = commands::keyvault_show,
     .examples = show_examples,
     .reads = true,
     .check = commands::check_vault_name},
    {.name = "keyvault list",
     .summary = "List vaults.",
     .options = list_options,
     .run = commands::keyvault_list,
     .examples = list_examples,
     .reads = true},
    {.name = "keyvault delete",
     .summary = "Soft-delete a vault; its name stays taken until it is purged.",
     .options = delete_options,
     .run = commands::keyvault_delete,
     .examples = delete_examples,
     .check = commands::check_vault_name},
    {.name = "keyvault set-policy",
     .summary = "Give a principal permissions in a vault that works with access policies.",
     .options = set_policy_options,
     .run = commands::keyvault_set_policy,
     .examples = set_policy_examples},
    {.name = "keyvault secret set",
     .summary = "Keep a secret, or a new version of one.",
     .options = secret_set_options,
     .run = commands::keyvault_secret_set,
     .examples = secret_set_examples},
    {.name = "keyvault secret show",
     .summary = "Read a secret.",
     .options = secret_show_options,
     .run = commands::keyvault_secret_show,
     .examples = secret_show_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret list",
     .summary = "List the secrets of a vault, without their values.",
     .options = secret_list_options,
     .run = commands::keyvault_secret_list,
     .examples = secret_list_examples,
     .table = "[].{Name:name, Id:id, ContentType:contentType||' ', Enabled:attributes.enabled, "
              "Expires:attributes.expires||' '}"},
    {.name = "keyvault secret delete",
     .summary = "Soft-delete a secret with all its versions.",
     .options = secret_delete_options,
     .run = commands::keyvault_secret_delete,
     .examples = secret_delete_examples,
     .check = commands::check_secret},
};
static_assert(fault_of(table).empty());

}  // namespace

Table keyvault_commands() { return table; }

}  // namespace azid::spec
