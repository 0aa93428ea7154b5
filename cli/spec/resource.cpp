#include "cli/commands/resource.hpp"
#include "cli/commands/argument_checks.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option in_group{.names = "--resource-group -g",
                          .key = "resource_group_name",
                          .help = "Name of the resource group",
                          .configured = "group",
                          .completes = "group",
                          .section = "Resource Id"};
constexpr Option provider{.names = "--namespace",
                          .key = "resource_provider_namespace",
                          .help = "Resource provider, such as Microsoft.Compute",
                          .section = "Resource Id"};
constexpr Option type{.names = "--resource-type",
                      .key = "resource_type",
                      .help = "Resource type, such as Microsoft.Compute/virtualMachines",
                      .section = "Resource Id"};

constexpr Option list_options[] = {
    subscription,
    in_group,
    provider,
    type,
    {.names = "--name -n", .key = "name", .help = "Only resources of this name"},
    {.names = "--tag",
     .key = "tag",
     .help = "Only resources with this tag, as key or key=value",
     .arity = Arity::optional},
    location,
};
constexpr Option resource_ids{.names = "--ids",
                              .key = "resource_ids",
                              .help = "One or more resource ids instead of names",
                              .arity = Arity::some,
                              .section = "Resource Id"};
constexpr Option parent{.names = "--parent",
                        .key = "parent_resource_path",
                        .help = "Parent resource, such as vaults/kv",
                        .section = "Resource Id"};
constexpr Option name{
    .names = "--name -n", .key = "resource_name", .help = "Name of the resource", .section = "Resource Id"};
constexpr Option version{.names = "--api-version",
                         .key = "api_version",
                         .help = "Version of the provider's interface; azid has one for all",
                         .section = "Resource Id",
                         .status = Status::recorded};
constexpr Option with_previews{.names = "--latest-include-preview -v",
                               .key = "latest_include_preview",
                               .help = "Take the newest interface version, previews too",
                               .arity = Arity::flag,
                               .section = "Resource Id",
                               .status = Status::recorded,
                               .stage = Stage::preview};
constexpr Option response_body{.names = "--include-response-body",
                               .key = "include_response_body",
                               .help = "Also show the answer as it came",
                               .arity = Arity::three_state};
constexpr Option no_response_body{.names = "--include-response-body",
                                  .key = "include_response_body",
                                  .help = "Also show the answer as it came",
                                  .arity = Arity::three_state,
                                  .status = Status::refused,
                                  .why = "'azid resource show' and 'azid rest' show answers as they come."};

constexpr Option show_options[] = {subscription, resource_ids, in_group, provider,      parent,
                                   type,         name,         version,  response_body, with_previews};
constexpr Option create_options[] = {
    subscription,
    {.names = "--properties -p",
     .key = "properties",
     .help = "Properties of the resource as JSON; with --is-full-object all of it",
     .required = true},
    in_group,
    provider,
    parent,
    type,
    name,
    {.names = "--id", .key = "resource_id", .help = "Resource id instead of names", .arity = Arity::optional},
    version,
    location,
    {.names = "--is-full-object",
     .key = "is_full_object",
     .help = "The JSON holds location, tags and the rest too",
     .arity = Arity::flag},
    with_previews,
};
constexpr Option delete_options[] = {subscription, resource_ids, in_group, provider,      parent,
                                     type,         name,         version,  with_previews, no_wait};
constexpr Option tag_options[] = {
    subscription,
    required(tags),
    resource_ids,
    in_group,
    provider,
    parent,
    type,
    name,
    version,
    {.names = "--is-incremental -i",
     .key = "is_incremental",
     .help = "Keep the tags that are there and add these",
     .arity = Arity::flag},
    with_previews,
};
constexpr Option update_options[] = {subscription, resource_ids, in_group, provider,         parent,
                                     type,         name,         version,  no_response_body, with_previews,
                                     set,          add,          remove,   force_string};
constexpr Option action_options[] = {
    subscription,
    {.names = "--action",
     .key = "action",
     .help = "Action that the resource knows, such as powerOff",
     .required = true},
    {.names = "--request-body", .key = "request_body", .help = "JSON sent with it"},
    resource_ids,
    in_group,
    provider,
    parent,
    type,
    name,
    version,
    with_previews,
    no_wait,
};
constexpr Option wait_options[] = {subscription,     resource_ids, in_group,      provider,
                                   parent,           type,         name,          version,
                                   no_response_body, wait_timeout, wait_interval, wait_deleted,
                                   wait_created,     wait_updated, wait_exists,   wait_custom};

constexpr Example list_examples[] = {
    {"Everything in a group", "azid resource list -g rg -o table"},
    {"All managed identities",
     "azid resource list --resource-type Microsoft.ManagedIdentity/userAssignedIdentities"}};
constexpr Example show_examples[] = {
    {"A resource by its id", "azid resource show --ids $VM_ID"},
    {"By its names", "azid resource show -g rg -n web --resource-type Microsoft.Compute/virtualMachines"}};

constexpr Example create_examples[] = {
    {"A public address",
     "azid resource create -g rg -n front --resource-type Microsoft.Network/publicIPAddresses --properties "
     "'{\"publicIPAllocationMethod\":\"Static\"}'"},
    {"An identity with tags",
     "azid resource create -g rg -n app --resource-type Microsoft.ManagedIdentity/userAssignedIdentities "
     "--is-full-object --properties '{\"location\":\"westeurope\",\"tags\":{\"env\":\"test\"}}'"}};
constexpr Example delete_examples[] = {{"Whatever it is", "azid resource delete --ids $VM_ID $NIC_ID"}};
constexpr Example tag_examples[] = {
    {"In place of all tags it had", "azid resource tag --ids $VM_ID --tags env=test"},
    {"One more", "azid resource tag --ids $VM_ID --tags owner=ann -i"}};
constexpr Example update_examples[] = {
    {"Any property", "azid resource update --ids $IP_ID --set properties.idleTimeoutInMinutes=10"}};
constexpr Example action_examples[] = {
    {"Stop a machine", "azid resource invoke-action --action powerOff --ids $VM_ID"}};
constexpr Example wait_examples[] = {{"Until it is gone", "azid resource wait --deleted --ids $VM_ID"}};

constexpr Command table[] = {
    {.name = "resource create",
     .summary = "Create a resource of any type.",
     .options = packed<create_options>,
     .run = commands::resource_create,
     .examples = create_examples},
    {.name = "resource delete",
     .summary = "Delete resources of any type.",
     .options = packed<delete_options>,
     .run = commands::resource_delete,
     .examples = delete_examples,
     .check = commands::check_resource_ids},
    {.name = "resource invoke-action",
     .summary = "Ask a resource to do something.",
     .options = packed<action_options>,
     .run = commands::resource_invoke_action,
     .examples = action_examples,
     .check = commands::check_resource_ids},
    {.name = "resource tag",
     .summary = "Set the tags of a resource of any type.",
     .options = packed<tag_options>,
     .run = commands::resource_tag,
     .examples = tag_examples,
     .check = commands::check_resource_ids},
    {.name = "resource update",
     .summary = "Change any property of a resource.",
     .options = packed<update_options>,
     .run = commands::resource_update,
     .examples = update_examples,
     .check = commands::check_resource_ids},
    {.name = "resource wait",
     .summary = "Wait until something holds of a resource.",
     .options = packed<wait_options>,
     .run = commands::resource_wait,
     .examples = wait_examples,
     .reads = true,
     .check = commands::check_resource_ids},
    {.name = "resource list",
     .summary = "List resources of any type.",
     .options = packed<list_options>,
     .run = commands::resource_list,
     .examples = list_examples,
     .table = "[].{Name:name, ResourceGroup:resourceGroup, Location:location, Type:type, "
              "Status:properties.provisioningState || ' '}",
     .reads = true},
    {.name = "resource show",
     .summary = "Show a resource of any type.",
     .options = packed<show_options>,
     .run = commands::resource_show,
     .examples = show_examples,
     .reads = true,
     .check = commands::check_resource_ids},
};
static_assert(fault_of(table).empty());

}  // namespace

Table resource_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
