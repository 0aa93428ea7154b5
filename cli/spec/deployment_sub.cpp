// "deployment sub": templates deployed at the subscription, which make resource groups and roles.
#include "cli/commands/deployment.hpp"
#include "cli/commands/deployment_template.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/deployment_options.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option deployment_location{.names = "--location -l",
                                     .key = "deployment_location",
                                     .help = "Region that keeps the deployment's own data",
                                     .required = true,
                                     .configured = "location",
                                     .completes = "location"};

constexpr Option create_options[] = {
    subscription,
    template_file,
    template_uri,
    template_parameters,
    deployment_name,
    deployment_location,
    extended_json,
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
    subscription,        template_file, template_uri, template_parameters, deployment_name,
    deployment_location, extended_json, no_prompt,    template_spec,       query_string,
};
constexpr Option what_if_options[] = {
    subscription,  template_file,   template_uri, template_parameters,  deployment_name, deployment_location,
    result_format, no_pretty_print, no_prompt,    exclude_change_types, template_spec,   query_string,
};
constexpr Option show_options[] = {subscription, required(deployment_name)};
constexpr Option list_options[] = {subscription, deployment_filter};
constexpr Option delete_options[] = {subscription, required(deployment_name), no_wait};
constexpr Option wait_options[] = {subscription, required(deployment_name),
                                   wait_timeout, wait_interval,
                                   wait_deleted, wait_created,
                                   wait_updated, wait_exists,
                                   wait_custom};
constexpr Option operation_show_options[] = {subscription, required(deployment_name), operation_ids};

constexpr Example create_examples[] = {
    {"A template with its parameters", "azid deployment sub create -l westeurope -f main.json -p name=web"},
    {"Parameters from a file, one of them overridden",
     "azid deployment sub create -l westeurope -f main.json -p @params.json -p owner=ann"}};
constexpr Example validate_examples[] = {
    {"Find out what would be refused",
     "azid deployment sub validate -l westeurope -f main.json -p @params.json"}};
constexpr Example what_if_examples[] = {
    {"See what would change", "azid deployment sub what-if -l westeurope -f main.json -p name=web"}};
constexpr Example show_examples[] = {
    {"An output of a deployment",
     "azid deployment sub show -n main --query properties.outputs.principalId.value -o tsv"}};
constexpr Example list_examples[] = {{"Those of the subscription", "azid deployment sub list -o table"}};
constexpr Example delete_examples[] = {
    {"Forget a deployment; its resources stay", "azid deployment sub delete -n main"}};
constexpr Example cancel_examples[] = {{"Stop a deployment", "azid deployment sub cancel -n main"}};
constexpr Example export_examples[] = {{"The template as it was sent", "azid deployment sub export -n main"}};
constexpr Example wait_examples[] = {{"Go on when it is done", "azid deployment sub wait -n main --created"}};
constexpr Example operation_list_examples[] = {
    {"What failed, and why",
     "azid deployment operation sub list -n main --query \"[?properties.provisioningState=='Failed']\""}};
constexpr Example operation_show_examples[] = {
    {"One step of a deployment",
     "azid deployment operation sub show -n main --operation-ids 9F86D081884C7D65"}};

constexpr Command table[] = {
    {.name = "deployment sub create",
     .summary = "Deploy a template at the subscription.",
     .options = packed<create_options>,
     .run = commands::deployment_create,
     .examples = create_examples,
     .table = deployment_table,
     .details = "Resources that were made before one failed stay, as in Azure.",
     .check = commands::check_template_given},
    {.name = "deployment sub validate",
     .summary = "Check whether a template could be deployed at the subscription.",
     .options = packed<validate_options>,
     .run = commands::deployment_validate,
     .examples = validate_examples,
     .table = validation_table,
     .reads = true,
     .check = commands::check_template_given},
    {.name = "deployment sub what-if",
     .summary = "Tell what a template would change at the subscription.",
     .options = packed<what_if_options>,
     .run = commands::deployment_what_if,
     .examples = what_if_examples,
     .reads = true,
     .check = commands::check_template_given},
    {.name = "deployment sub show",
     .summary = "Show a deployment of the subscription.",
     .options = packed<show_options>,
     .run = commands::deployment_show,
     .examples = show_examples,
     .table = deployment_table,
     .reads = true},
    {.name = "deployment sub list",
     .summary = "List the deployments of the subscription.",
     .options = packed<list_options>,
     .run = commands::deployment_list,
     .examples = list_examples,
     .table = deployments_table,
     .reads = true},
    {.name = "deployment sub delete",
     .summary = "Forget a deployment of the subscription.",
     .options = packed<delete_options>,
     .run = commands::deployment_delete,
     .examples = delete_examples},
    {.name = "deployment sub cancel",
     .summary = "Stop a deployment that is under way at the subscription.",
     .options = packed<show_options>,
     .run = commands::deployment_cancel,
     .examples = cancel_examples,
     .details = "In azid a deployment is over when its command is, so there is never one to stop."},
    {.name = "deployment sub export",
     .summary = "Print the template of a deployment.",
     .options = packed<show_options>,
     .run = commands::deployment_export,
     .examples = export_examples,
     .reads = true},
    {.name = "deployment sub wait",
     .summary = "Wait until a deployment of the subscription is as asked.",
     .options = packed<wait_options>,
     .run = commands::deployment_wait,
     .examples = wait_examples,
     .reads = true},
    {.name = "deployment operation sub list",
     .summary = "List the steps of a deployment of the subscription.",
     .options = packed<show_options>,
     .run = commands::deployment_operation_list,
     .examples = operation_list_examples,
     .reads = true},
    {.name = "deployment operation sub show",
     .summary = "Show steps of a deployment of the subscription.",
     .options = packed<operation_show_options>,
     .run = commands::deployment_operation_show,
     .examples = operation_show_examples,
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table deployment_sub_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
