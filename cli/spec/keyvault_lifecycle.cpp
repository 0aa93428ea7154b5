// What comes after deletion, waiting, and the network rules of a vault.
#include "cli/commands/argument_checks.hpp"
#include "cli/commands/keyvault.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/keyvault_options.hpp"
#include "cli/spec/nouns.hpp"

namespace azid::spec {

namespace {

constexpr Option purge_options[] = {subscription, vault_location, deleted_vault_name, hsm_name, no_wait};
constexpr Option show_deleted_options[] = {subscription, vault_location, deleted_vault_name, hsm_name};
constexpr Option recover_options[] = {
    subscription, optional(resource_group), vault_location, deleted_vault_name, hsm_name, no_wait};
constexpr Option list_deleted_options[] = {subscription, vault_resource_type};
constexpr Option wait_options[] = {subscription,         optional(resource_group),
                                   required(vault_name), wait_timeout,
                                   wait_interval,        wait_deleted,
                                   wait_created,         wait_updated,
                                   wait_exists,          wait_custom};

constexpr Option rule_options[] = {
    subscription,
    optional(resource_group),
    required(vault_name),
    {.names = "--ip-address",
     .key = "ip_address",
     .help = "Addresses or ranges, as 1.2.3.4 or 1.2.3.0/24",
     .arity = Arity::any,
     .status = Status::recorded},
    {.names = "--subnet",
     .key = "subnet",
     .help = "Subnet by id, or by name together with --vnet-name",
     .status = Status::recorded},
    {.names = "--vnet-name",
     .key = "vnet_name",
     .help = "Virtual network that has the subnet",
     .status = Status::recorded},
    no_wait,
};
constexpr Option rule_list_options[] = {subscription, optional(resource_group), required(vault_name)};

constexpr Example list_deleted_examples[] = {
    {"Names that are still taken", "azid keyvault list-deleted --query '[].name' -o tsv"}};
constexpr Example show_deleted_examples[] = {
    {"When it goes for good",
     "azid keyvault show-deleted -n kv-one --query properties.scheduledPurgeDate -o tsv"}};
constexpr Example recover_examples[] = {{"Bring a vault back", "azid keyvault recover -n kv-one"}};
constexpr Example purge_examples[] = {{"Set the name free", "azid keyvault purge -n kv-one"}};
constexpr Example wait_examples[] = {
    {"Go on when the vault is there", "azid keyvault wait -n kv-one --created"}};
constexpr Example rule_add_examples[] = {
    {"Let a range in", "azid keyvault network-rule add -n kv-one --ip-address 198.51.100.0/24"}};
constexpr Example rule_remove_examples[] = {
    {"Take it back", "azid keyvault network-rule remove -n kv-one --ip-address 198.51.100.0/24"}};
constexpr Example rule_list_examples[] = {{"All rules", "azid keyvault network-rule list -n kv-one"}};
constexpr Example rule_wait_examples[] = {
    {"Go on when the change is done", "azid keyvault network-rule wait -n kv-one --updated"}};

constexpr std::string_view no_time =
    "Nothing takes time here: a condition that does not hold now is answered as az answers a wait that ran "
    "out of time, at once.";
constexpr std::string_view no_network = "Rules are kept and shown; azid has no network in front of a vault.";

constexpr Command table[] = {
    {.name = "keyvault list-deleted",
     .summary = "List deleted vaults, whose names are still taken.",
     .options = packed<list_deleted_options>,
     .run = commands::keyvault_list_deleted,
     .examples = list_deleted_examples,
     .reads = true},
    {.name = "keyvault show-deleted",
     .summary = "Show a deleted vault.",
     .options = packed<show_deleted_options>,
     .run = commands::keyvault_show_deleted,
     .examples = show_deleted_examples,
     .reads = true,
     .check = commands::check_vault_name},
    {.name = "keyvault recover",
     .summary = "Bring a deleted vault back, with its secrets but without its role assignments.",
     .options = packed<recover_options>,
     .run = commands::keyvault_recover,
     .examples = recover_examples,
     .check = commands::check_vault_name},
    {.name = "keyvault purge",
     .summary = "Delete a deleted vault for good.",
     .options = packed<purge_options>,
     .run = commands::keyvault_purge,
     .examples = purge_examples,
     .check = commands::check_vault_name},
    {.name = "keyvault wait",
     .summary = "Wait until a vault is in a certain state.",
     .options = packed<wait_options>,
     .run = commands::keyvault_wait,
     .examples = wait_examples,
     .details = no_time,
     .reads = true},
    {.name = "keyvault network-rule add",
     .summary = "Add addresses or a subnet to the network rules of a vault.",
     .options = packed<rule_options>,
     .run = commands::keyvault_network_rule_add,
     .examples = rule_add_examples,
     .details = no_network},
    {.name = "keyvault network-rule remove",
     .summary = "Take addresses or a subnet out of the network rules of a vault.",
     .options = packed<rule_options>,
     .run = commands::keyvault_network_rule_remove,
     .examples = rule_remove_examples},
    {.name = "keyvault network-rule list",
     .summary = "Show the network rules of a vault.",
     .options = packed<rule_list_options>,
     .run = commands::keyvault_network_rule_list,
     .examples = rule_list_examples,
     .reads = true},
    {.name = "keyvault network-rule wait",
     .summary = "Wait until a vault is in a certain state.",
     .options = packed<wait_options>,
     .run = commands::keyvault_wait,
     .examples = rule_wait_examples,
     .details = no_time,
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table keyvault_lifecycle_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
