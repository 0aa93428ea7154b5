// What comes after deletion: recovering and purging vaults and secrets, and the versions of a secret.
#include "cli/commands/argument_checks.hpp"
#include "cli/commands/keyvault.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option vault_name{.names = "--name -n", .key = "vault_name", .help = "Name of the deleted vault"};
constexpr Option hsm_name{.names = "--hsm-name",
                          .key = "hsm_name",
                          .help = "Name of a managed HSM",
                          .status = Status::refused,
                          .why = "azid has vaults, not managed HSMs."};
constexpr Option secret_vault{.names = "--vault-name",
                              .key = "vault_base_url",
                              .help = "Name of the vault",
                              .completes = "vault",
                              .section = "Id"};
constexpr Option secret_name{
    .names = "--name -n", .key = "name", .help = "Name of the secret", .section = "Id"};
constexpr Option secret_id{
    .names = "--id", .key = "identifier", .help = "Address of the secret in place of names", .section = "Id"};
constexpr Option most{
    .names = "--maxresults", .key = "max_page_size", .help = "How many at most", .type = ValueType::integer};
constexpr Option where = described(location, "Region that the vault was in");

constexpr Option purge_options[] = {subscription, where, vault_name, hsm_name, no_wait};
constexpr Option recover_options[] = {subscription, where,    optional(resource_group),
                                      vault_name,   hsm_name, no_wait};
constexpr Option list_deleted_options[] = {
    subscription,
    {.names = "--resource-type",
     .key = "resource_type",
     .help = "vault, or hsm of which there are none",
     .choices = "vault hsm",
     .status = Status::recorded},
};
constexpr Option one_secret[] = {subscription, secret_name, secret_id, secret_vault};
constexpr Option versions_options[] = {subscription, secret_name, secret_id, secret_vault, most};
constexpr Option deleted_secrets_options[] = {
    subscription, described(secret_id, "Address of the vault in place of its name"), secret_vault, most};
constexpr Option attributes_options[] = {
    subscription,
    secret_name,
    {.names = "--version -v", .key = "version", .help = "Version, the newest if left out", .section = "Id"},
    {.names = "--enabled", .key = "enabled", .help = "Whether it can be read", .arity = Arity::three_state},
    {.names = "--content-type", .key = "content_type", .help = "What the content is, such as text/plain"},
    {.names = "--not-before", .key = "not_before", .help = "Time from which it is meant to be used, UTC"},
    {.names = "--expires", .key = "expires_on", .help = "Time until which it is meant to be used, UTC"},
    tags,
    secret_id,
    secret_vault,
};

constexpr Example list_deleted_examples[] = {
    {"Names that are still taken", "azid keyvault list-deleted --query '[].name' -o tsv"}};
constexpr Example recover_examples[] = {{"Bring a vault back", "azid keyvault recover -n kv-one"}};
constexpr Example purge_examples[] = {{"Set the name free", "azid keyvault purge -n kv-one"}};
constexpr Example versions_examples[] = {
    {"How often a secret was changed",
     "azid keyvault secret list-versions --vault-name kv-one -n db --query 'length(@)'"}};
constexpr Example attributes_examples[] = {
    {"Make a secret unreadable",
     "azid keyvault secret set-attributes --vault-name kv-one -n db --enabled false"}};
constexpr Example secrets_deleted_examples[] = {
    {"What can be recovered", "azid keyvault secret list-deleted --vault-name kv-one -o table"}};
constexpr Example secret_recover_examples[] = {
    {"Bring a secret back", "azid keyvault secret recover --vault-name kv-one -n db"}};
constexpr Example secret_purge_examples[] = {
    {"For good", "azid keyvault secret purge --vault-name kv-one -n db"}};

constexpr Command table[] = {
    {.name = "keyvault list-deleted",
     .summary = "List deleted vaults, whose names are still taken.",
     .options = list_deleted_options,
     .run = commands::keyvault_list_deleted,
     .examples = list_deleted_examples,
     .reads = true},
    {.name = "keyvault recover",
     .summary = "Bring a deleted vault back, with its secrets but without its role assignments.",
     .options = recover_options,
     .run = commands::keyvault_recover,
     .examples = recover_examples,
     .check = commands::check_vault_name},
    {.name = "keyvault purge",
     .summary = "Delete a deleted vault for good.",
     .options = purge_options,
     .run = commands::keyvault_purge,
     .examples = purge_examples,
     .check = commands::check_vault_name},
    {.name = "keyvault secret list-versions",
     .summary = "List the versions of a secret, without their values.",
     .options = versions_options,
     .run = commands::keyvault_secret_list_versions,
     .examples = versions_examples,
     .table = "[].{Name:name, Id:id, ContentType:contentType||' ', Enabled:attributes.enabled, "
              "Expires:attributes.expires||' '}"},
    {.name = "keyvault secret set-attributes",
     .summary = "Change a secret's attributes, content type or tags, not its value.",
     .options = attributes_options,
     .run = commands::keyvault_secret_set_attributes,
     .examples = attributes_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret list-deleted",
     .summary = "List deleted secrets.",
     .options = deleted_secrets_options,
     .run = commands::keyvault_secret_list_deleted,
     .examples = secrets_deleted_examples},
    {.name = "keyvault secret recover",
     .summary = "Bring a deleted secret back with all its versions.",
     .options = one_secret,
     .run = commands::keyvault_secret_recover,
     .examples = secret_recover_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret purge",
     .summary = "Delete a deleted secret for good.",
     .options = one_secret,
     .run = commands::keyvault_secret_purge,
     .examples = secret_purge_examples,
     .check = commands::check_secret},
};
static_assert(fault_of(table).empty());

}  // namespace

Table keyvault_lifecycle_commands() { return table; }

}  // namespace azid::spec
