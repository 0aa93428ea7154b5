#include "cli/commands/lock.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option name{.names = "--name -n", .key = "lock_name", .help = "Name of the lock"};
constexpr Option level{.names = "--lock-type -t",
                       .key = "level",
                       .help = "What it forbids: deleting only, or every change",
                       .choices = "CanNotDelete ReadOnly"};
constexpr Option notes{.names = "--notes", .key = "notes", .help = "Why the lock is there"};
constexpr Option group{.names = "--resource-group -g",
                       .key = "resource_group",
                       .help = "Name of the resource group",
                       .configured = "group",
                       .completes = "group"};
constexpr Option provider{.names = "--namespace",
                          .key = "resource_provider_namespace",
                          .help = "Resource provider, such as Microsoft.Compute"};
constexpr Option parent{.names = "--parent",
                        .key = "parent_resource_path",
                        .help = "Parent of the resource, such as virtualNetworks/v"};
constexpr Option type{.names = "--resource-type",
                      .key = "resource_type",
                      .help = "Type of the resource, such as Microsoft.Compute/virtualMachines"};
constexpr Option resource{
    .names = "--resource --resource-name", .key = "resource_name", .help = "Name or id of the resource"};
constexpr Option lock_ids{
    .names = "--ids", .key = "ids", .help = "Ids of the locks instead of names", .arity = Arity::some};
constexpr Option filter{.names = "--filter-string",
                        .key = "filter_string",
                        .help = "atScope() leaves out the locks of what lies below"};

constexpr Option create_options[] = {subscription, required(name), required(level), group, provider, notes,
                                     parent,       type,           resource};
constexpr Option one_options[] = {subscription, name, group, provider, parent, type, resource, lock_ids};
constexpr Option list_options[] = {subscription, group, provider, parent, type, resource, filter};
constexpr Option update_options[] = {subscription, name, group,    provider, notes,
                                     parent,       type, resource, level,    lock_ids};

constexpr Option account_create_options[] = {required(name), required(level), notes};
constexpr Option account_one_options[] = {name, lock_ids};
constexpr Option account_list_options[] = {filter};
constexpr Option account_update_options[] = {name, notes, level, lock_ids};

constexpr Option group_create_options[] = {subscription, required(name), required(level), required(group),
                                           notes};
constexpr Option group_one_options[] = {subscription, name, group, lock_ids};
constexpr Option group_list_options[] = {subscription, required(group), filter};
constexpr Option group_update_options[] = {subscription, name, group, notes, level, lock_ids};

constexpr Example create_examples[] = {
    {"Nothing in the group may be deleted", "azid lock create -n keep -g rg --lock-type CanNotDelete"},
    {"A machine may not even be started",
     "azid lock create -n still -g rg --resource-type Microsoft.Compute/virtualMachines --resource web "
     "--lock-type ReadOnly"}};
constexpr Example show_examples[] = {{"A lock of a group", "azid lock show -n keep -g rg"}};
constexpr Example list_examples[] = {{"All locks of the subscription", "azid lock list -o table"}};
constexpr Example update_examples[] = {
    {"Say why", "azid lock update -n keep -g rg --notes 'Ask Ann before removing'"}};
constexpr Example delete_examples[] = {{"From a group", "azid lock delete -n keep -g rg"}};

constexpr Example account_create_examples[] = {
    {"Nothing in the subscription may change", "azid account lock create -n frozen -t ReadOnly"}};
constexpr Example account_show_examples[] = {{"By its name", "azid account lock show -n frozen"}};
constexpr Example account_list_examples[] = {{"All of them", "azid account lock list -o table"}};
constexpr Example account_update_examples[] = {
    {"Allow changes again", "azid account lock update -n frozen -t CanNotDelete"}};
constexpr Example account_delete_examples[] = {{"By its name", "azid account lock delete -n frozen"}};

constexpr Example group_create_examples[] = {
    {"Nothing in the group may be deleted", "azid group lock create -n keep -g rg -t CanNotDelete"}};
constexpr Example group_show_examples[] = {{"By its name", "azid group lock show -n keep -g rg"}};
constexpr Example group_list_examples[] = {{"Those that hold in a group", "azid group lock list -g rg"}};
constexpr Example group_update_examples[] = {
    {"Forbid changes too", "azid group lock update -n keep -g rg -t ReadOnly"}};
constexpr Example group_delete_examples[] = {{"By its name", "azid group lock delete -n keep -g rg"}};

constexpr Example resource_create_examples[] = {
    {"Keep a vault", "azid resource lock create -n keep -t CanNotDelete --resource $VAULT_ID"}};
constexpr Example resource_show_examples[] = {
    {"A vault's lock",
     "azid resource lock show -n keep -g rg --resource-type Microsoft.KeyVault/vaults --resource kv"}};
constexpr Example resource_list_examples[] = {
    {"Those that hold for a vault",
     "azid resource lock list -g rg --resource-type Microsoft.KeyVault/vaults --resource kv"}};
constexpr Example resource_update_examples[] = {
    {"Forbid changes too",
     "azid resource lock update -n keep -t ReadOnly -g rg --resource-type Microsoft.KeyVault/vaults "
     "--resource kv"}};
constexpr Example resource_delete_examples[] = {
    {"A vault's lock",
     "azid resource lock delete -n keep -g rg --resource-type Microsoft.KeyVault/vaults --resource kv"}};

constexpr std::string_view what_holds =
    "A lock holds for everything at and below the place it is at, whatever roles allow. CanNotDelete forbids "
    "deleting, role assignments included; ReadOnly forbids every change, starting and restarting machines "
    "included. Secrets and blobs are not managed by Resource Manager: locks do not touch them.";

constexpr Command table[] = {
    {.name = "lock create",
     .summary = "Put a lock on the subscription, a group or a resource.",
     .options = packed<create_options>,
     .run = commands::lock_create,
     .examples = create_examples,
     .details = what_holds,
     .check = commands::check_any_lock},
    {.name = "lock delete",
     .summary = "Take a lock away.",
     .options = packed<one_options>,
     .run = commands::lock_delete,
     .examples = delete_examples,
     .check = commands::check_any_lock},
    {.name = "lock list",
     .summary = "List the locks at a place, above it and below it.",
     .options = packed<list_options>,
     .run = commands::lock_list,
     .examples = list_examples,
     .reads = true,
     .check = commands::check_any_lock},
    {.name = "lock show",
     .summary = "Show a lock.",
     .options = packed<one_options>,
     .run = commands::lock_show,
     .examples = show_examples,
     .reads = true,
     .check = commands::check_any_lock},
    {.name = "lock update",
     .summary = "Change the type or the notes of a lock.",
     .options = packed<update_options>,
     .run = commands::lock_update,
     .examples = update_examples,
     .check = commands::check_any_lock},
    {.name = "account lock create",
     .summary = "Put a lock on the subscription.",
     .options = packed<account_create_options>,
     .run = commands::account_lock_create,
     .examples = account_create_examples,
     .details = what_holds,
     .check = commands::check_account_lock},
    {.name = "account lock delete",
     .summary = "Take a lock of the subscription away.",
     .options = packed<account_one_options>,
     .run = commands::account_lock_delete,
     .examples = account_delete_examples,
     .check = commands::check_account_lock},
    {.name = "account lock list",
     .summary = "List the locks of the subscription and all below it.",
     .options = packed<account_list_options>,
     .run = commands::account_lock_list,
     .examples = account_list_examples,
     .reads = true,
     .check = commands::check_account_lock},
    {.name = "account lock show",
     .summary = "Show a lock of the subscription.",
     .options = packed<account_one_options>,
     .run = commands::account_lock_show,
     .examples = account_show_examples,
     .reads = true,
     .check = commands::check_account_lock},
    {.name = "account lock update",
     .summary = "Change a lock of the subscription.",
     .options = packed<account_update_options>,
     .run = commands::account_lock_update,
     .examples = account_update_examples,
     .check = commands::check_account_lock},
    {.name = "group lock create",
     .summary = "Put a lock on a resource group.",
     .options = packed<group_create_options>,
     .run = commands::group_lock_create,
     .examples = group_create_examples,
     .details = what_holds,
     .check = commands::check_group_lock},
    {.name = "group lock delete",
     .summary = "Take a lock of a resource group away.",
     .options = packed<group_one_options>,
     .run = commands::group_lock_delete,
     .examples = group_delete_examples,
     .check = commands::check_group_lock},
    {.name = "group lock list",
     .summary = "List the locks of a resource group.",
     .options = packed<group_list_options>,
     .run = commands::group_lock_list,
     .examples = group_list_examples,
     .reads = true,
     .check = commands::check_group_lock},
    {.name = "group lock show",
     .summary = "Show a lock of a resource group.",
     .options = packed<group_one_options>,
     .run = commands::group_lock_show,
     .examples = group_show_examples,
     .reads = true,
     .check = commands::check_group_lock},
    {.name = "group lock update",
     .summary = "Change a lock of a resource group.",
     .options = packed<group_update_options>,
     .run = commands::group_lock_update,
     .examples = group_update_examples,
     .check = commands::check_group_lock},
    {.name = "resource lock create",
     .summary = "Put a lock on a resource.",
     .options = packed<create_options>,
     .run = commands::resource_lock_create,
     .examples = resource_create_examples,
     .details = what_holds,
     .check = commands::check_resource_lock},
    {.name = "resource lock delete",
     .summary = "Take a lock of a resource away.",
     .options = packed<one_options>,
     .run = commands::resource_lock_delete,
     .examples = resource_delete_examples,
     .check = commands::check_resource_lock},
    {.name = "resource lock list",
     .summary = "List the locks of a resource.",
     .options = packed<list_options>,
     .run = commands::resource_lock_list,
     .examples = resource_list_examples,
     .reads = true,
     .check = commands::check_resource_lock},
    {.name = "resource lock show",
     .summary = "Show a lock of a resource.",
     .options = packed<one_options>,
     .run = commands::resource_lock_show,
     .examples = resource_show_examples,
     .reads = true,
     .check = commands::check_resource_lock},
    {.name = "resource lock update",
     .summary = "Change a lock of a resource.",
     .options = packed<update_options>,
     .run = commands::resource_lock_update,
     .examples = resource_update_examples,
     .check = commands::check_resource_lock},
};
static_assert(fault_of(table).empty());

}  // namespace

Table lock_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
