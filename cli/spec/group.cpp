#include "cli/commands/group.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option group_name{.names = "--name -n --resource-group -g",
                            .key = "resource_group_name",
                            .help = "Name of the resource group",
                            .required = true,
                            .configured = "group",
                            .completes = "group"};

constexpr Option create_options[] = {
    subscription,
    {.names = "--name --resource-group -n -g",
     .key = "rg_name",
     .help = "Name of the new resource group",
     .required = true},
    {.names = "--location -l",
     .key = "location",
     .help = "Region that keeps the group's own data, such as westeurope",
     .required = true,
     .configured = "location",
     .completes = "location"},
    tags,
    {.names = "--managed-by", .key = "managed_by", .help = "Id of the resource that manages this group"},
};
constexpr Option show_options[] = {subscription, group_name};
constexpr Option list_options[] = {
    subscription,
    {.names = "--tag",
     .key = "tag",
     .help = "Only groups with this tag, as key or key=value",
     .arity = Arity::optional},
};
constexpr Option delete_options[] = {
    subscription,
    group_name,
    {.names = "--force-deletion-types -f",
     .key = "force_deletion_types",
     .help = "Resource types to delete by force",
     .choices = "Microsoft.Compute/virtualMachines Microsoft.Compute/virtualMachineScaleSets "
                "Microsoft.Databricks/workspaces",
     .status = Status::recorded},
    yes,
    no_wait,
};

// az deprecates these two for groups, whose only list is none.
constexpr Option retired(Option option) {
    option.stage = Stage::deprecated;
    return option;
}
constexpr Option update_options[] = {subscription, group_name,      tags,        set,
                                     retired(add), retired(remove), force_string};
constexpr Option wait_options[] = {subscription, group_name,   wait_timeout, wait_interval, wait_deleted,
                                   wait_created, wait_updated, wait_exists,  wait_custom};

constexpr Option export_options[] = {
    subscription,
    group_name,
    {.names = "--include-comments",
     .key = "include_comments",
     .help = "Say of each resource what it was made from",
     .arity = Arity::flag},
    {.names = "--include-parameter-default-value",
     .key = "include_parameter_default_value",
     .help = "Give the parameters the present names as defaults",
     .arity = Arity::flag},
    {.names = "--resource-ids",
     .key = "resource_ids",
     .help = "Only these resources, by id",
     .arity = Arity::some},
    {.names = "--skip-resource-name-params",
     .key = "skip_resource_name_params",
     .help = "Leave names as they are",
     .arity = Arity::flag},
    {.names = "--skip-all-params",
     .key = "skip_all_params",
     .help = "Make no parameters",
     .arity = Arity::flag},
};

constexpr Example create_examples[] = {
    {"A group in the West of Europe", "azid group create -n rg -l westeurope"},
    {"One with tags", "azid group create -n rg -l eastus --tags env=test owner=ann"}};
constexpr Example show_examples[] = {{"Where the group is", "azid group show -n rg --query location -o tsv"}};
constexpr Example list_examples[] = {{"All groups", "azid group list -o table"},
                                     {"Those of the test environment", "azid group list --tag env=test"}};
constexpr Example update_examples[] = {
    {"Replace all tags", "azid group update -n rg --tags env=prod"},
    {"Change one tag and keep the others", "azid group update -n rg --set tags.env=prod"}};
constexpr Example wait_examples[] = {{"Go on when the group is gone", "azid group wait -n rg --deleted"}};
constexpr Example export_examples[] = {
    {"Into a file", "azid group export -n rg --include-parameter-default-value > rg.json"}};
constexpr Example delete_examples[] = {{"Without being asked", "azid group delete -n rg --yes"}};
constexpr Example exists_examples[] = {{"Prints true or false", "azid group exists -n rg"}};

constexpr Command table[] = {
    {.name = "group create",
     .summary = "Create a resource group, or replace the tags of one.",
     .options = packed<create_options>,
     .run = commands::group_create,
     .examples = create_examples},
    {.name = "group show",
     .summary = "Show a resource group.",
     .options = packed<show_options>,
     .run = commands::group_show,
     .examples = show_examples,
     .reads = true},
    {.name = "group list",
     .summary = "List the resource groups of the subscription.",
     .options = packed<list_options>,
     .run = commands::group_list,
     .examples = list_examples,
     .table = "[].{Name:name, Location:location, Status:properties.provisioningState}",
     .reads = true},
    {.name = "group update",
     .summary = "Change the tags of a resource group.",
     .options = packed<update_options>,
     .run = commands::group_update,
     .examples = update_examples},
    {.name = "group wait",
     .summary = "Wait until a resource group is in a certain state.",
     .options = packed<wait_options>,
     .run = commands::group_wait,
     .examples = wait_examples,
     .details =
         "Nothing takes time here: a condition that does not hold now is answered as az answers a wait "
         "that ran out of time, at once.",
     .reads = true},
    {.name = "group export",
     .summary = "Write a resource group as a template that would make it again.",
     .options = packed<export_options>,
     .run = commands::group_export,
     .examples = export_examples,
     .reads = true},
    {.name = "group delete",
     .summary = "Delete a resource group and everything in it.",
     .options = packed<delete_options>,
     .run = commands::group_delete,
     .examples = delete_examples,
     .confirm = "Are you sure you want to perform this operation?",
     .details = "System-assigned identities in the group die with their hosts; vaults are soft-deleted and "
                "keep their names."},
    {.name = "group exists",
     .summary = "Tell whether a resource group exists.",
     .options = packed<show_options>,
     .run = commands::group_exists,
     .examples = exists_examples,
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table group_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
