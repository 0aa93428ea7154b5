// "deployment group": templates deployed into a resource group.
#include "cli/commands/deployment.hpp"
#include "cli/commands/deployment_template.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/deployment_options.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option group = described(resource_group, "Name of the resource group to deploy into");

constexpr Option create_options[] = {
    subscription,
    group,
    template_file,
    template_uri,
    template_parameters,
    deployment_name,
    deployment_mode,
    rollback_on_error,
    extended_json,
    aux_subscriptions,
    aux_tenants,
    no_prompt,
    confirm_with_what_if,
    what_if_result_format,
    what_if_exclude_change_types,
    template_spec,
    query_string,
    what_if,
    proceed_if_no_change,
    no_wait,
};
constexpr Option validate_options[] = {
    subscription,        group,           template_file,   template_uri,
    template_parameters, deployment_name, deployment_mode, rollback_on_error,
    extended_json,       no_prompt,       template_spec,   query_string,
};
constexpr Option what_if_options[] = {
    subscription,    group,        template_file, template_uri,    template_parameters, deployment_name,
    deployment_mode, aux_tenants,  result_format, no_pretty_print, no_prompt,           exclude_change_types,
    template_spec,   query_string,
};
constexpr Option show_options[] = {subscription, resource_group, required(deployment_name)};
constexpr Option list_options[] = {subscription, resource_group, deployment_filter};
constexpr Option delete_options[] = {subscription, resource_group, required(deployment_name), no_wait};
constexpr Option wait_options[] = {subscription, resource_group, required(deployment_name),
                                   wait_timeout, wait_interval,  wait_deleted,
                                   wait_created, wait_updated,   wait_exists,
                                   wait_custom};
constexpr Option operation_show_options[] = {subscription, resource_group, required(deployment_name),
                                             operation_ids};

constexpr Example create_examples[] = {
    {"A template with its parameters",
     "azid deployment group create -g rg -f main.json -p name=web size=Standard_B2s"},
    {"Parameters from a file, one of them overridden",
     "azid deployment group create -g rg -f main.json -p @params.json -p location=westeurope"}};
constexpr Example validate_examples[] = {
    {"Find out what would be refused", "azid deployment group validate -g rg -f main.json -p @params.json"}};
constexpr Example what_if_examples[] = {
    {"See what would change", "azid deployment group what-if -g rg -f main.json -p name=web"}};
constexpr Example show_examples[] = {
    {"An output of a deployment",
     "azid deployment group show -g rg -n main --query properties.outputs.principalId.value -o tsv"}};
constexpr Example list_examples[] = {{"Those of a group", "azid deployment group list -g rg -o table"}};
constexpr Example delete_examples[] = {
    {"Forget a deployment; its resources stay", "azid deployment group delete -g rg -n main"}};
constexpr Example cancel_examples[] = {{"Stop a deployment", "azid deployment group cancel -g rg -n main"}};
constexpr Example export_examples[] = {
    {"The template as it was sent", "azid deployment group export -g rg -n main"}};
constexpr Example wait_examples[] = {
    {"Go on when it is done", "azid deployment group wait -g rg -n main --created"}};
constexpr Example operation_list_examples[] = {{"What failed, and why",
                                                "azid deployment operation group list -g rg -n main --query "
                                                "\"[?properties.provisioningState=='Failed']\""}};
constexpr Example operation_show_examples[] = {
    {"One step of a deployment",
     "azid deployment operation group show -g rg -n main --operation-ids 9F86D081884C7D65"}};

constexpr Command table[] = {
    {.name = "deployment group create",
     .summary = "Deploy a template into a resource group.",
     .options = packed<create_options>,
     .run = commands::deployment_create,
     .examples = create_examples,
     .table = deployment_table,
     .details = "Resources that were made before one failed stay, as in Azure.",
     .check = commands::check_template_given},
    {.name = "deployment group validate",
     .summary = "Check whether a template could be deployed into a resource group.",
     .options = packed<validate_options>,
     .run = commands::deployment_validate,
     .examples = validate_examples,
     .table = validation_table,
     .reads = true,
     .check = commands::check_template_given},
    {.name = "deployment group what-if",
     .summary = "Tell what a template would change in a resource group.",
     .options = packed<what_if_options>,
     .run = commands::deployment_what_if,
     .examples = what_if_examples,
     .reads = true,
     .check = commands::check_template_given},
    {.name = "deployment group show",
     .summary = "Show a deployment of a resource group.",
     .options = packed<show_options>,
     .run = commands::deployment_show,
     .examples = show_examples,
     .table = deployment_table,
     .reads = true},
    {.name = "deployment group list",
     .summary = "List the deployments of a resource group.",
     .options = packed<list_options>,
     .run = commands::deployment_list,
     .examples = list_examples,
     .table = deployments_table,
     .reads = true},
    {.name = "deployment group delete",
     .summary = "Forget a deployment of a resource group.",
     .options = packed<delete_options>,
     .run = commands::deployment_delete,
     .examples = delete_examples},
    {.name = "deployment group cancel",
     .summary = "Stop a deployment that is under way in a resource group.",
     .options = packed<show_options>,
     .run = commands::deployment_cancel,
     .examples = cancel_examples,
     .details = "In azid a deployment is over when its command is, so there is never one to stop."},
    {.name = "deployment group export",
     .summary = "Print the template of a deployment.",
     .options = packed<show_options>,
     .run = commands::deployment_export,
     .examples = export_examples,
     .reads = true},
    {.name = "deployment group wait",
     .summary = "Wait until a deployment of a resource group is as asked.",
     .options = packed<wait_options>,
     .run = commands::deployment_wait,
     .examples = wait_examples,
     .reads = true},
    {.name = "deployment operation group list",
     .summary = "List the steps of a deployment of a resource group.",
     .options = packed<show_options>,
     .run = commands::deployment_operation_list,
     .examples = operation_list_examples,
     .reads = true},
    {.name = "deployment operation group show",
     .summary = "Show steps of a deployment of a resource group.",
     .options = packed<operation_show_options>,
     .run = commands::deployment_operation_show,
     .examples = operation_show_examples,
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table deployment_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
