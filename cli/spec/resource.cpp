#include "cli/commands/resource.hpp"
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
constexpr Option show_options[] = {
    subscription,
    {.names = "--ids",
     .key = "resource_ids",
     .help = "One or more resource ids instead of names",
     .arity = Arity::some,
     .section = "Resource Id"},
    in_group,
    provider,
    {.names = "--parent",
     .key = "parent_resource_path",
     .help = "Parent resource, such as vaults/kv",
     .section = "Resource Id"},
    type,
    {.names = "--name -n", .key = "resource_name", .help = "Name of the resource", .section = "Resource Id"},
    {.names = "--api-version",
     .key = "api_version",
     .help = "Version of the provider's interface; azid has one for all",
     .section = "Resource Id",
     .status = Status::recorded},
    {.names = "--include-response-body",
     .key = "include_response_body",
     .help = "Also show the answer as it came",
     .arity = Arity::three_state,
     .status = Status::refused,
     .why = "'azid rest' shows answers as they come."},
    {.names = "--latest-include-preview -v",
     .key = "latest_include_preview",
     .help = "Take the newest interface version, previews too",
     .arity = Arity::flag,
     .section = "Resource Id",
     .status = Status::recorded,
     .stage = Stage::preview},
};

constexpr Example list_examples[] = {
    {"Everything in a group", "azid resource list -g rg -o table"},
    {"All managed identities",
     "azid resource list --resource-type Microsoft.ManagedIdentity/userAssignedIdentities"}};
constexpr Example show_examples[] = {
    {"A resource by its id", "azid resource show --ids $VM_ID"},
    {"By its names", "azid resource show -g rg -n web --resource-type Microsoft.Compute/virtualMachines"}};

constexpr Command table[] = {
    {.name = "resource list",
     .summary = "List resources of any type.",
     .options = list_options,
     .run = commands::resource_list,
     .examples = list_examples,
     .table = "[].{Name:name, ResourceGroup:resourceGroup, Location:location, Type:type, "
              "Status:properties.provisioningState || ' '}",
     .reads = true},
    {.name = "resource show",
     .summary = "Show a resource of any type.",
     .options = show_options,
     .run = commands::resource_show,
     .examples = show_examples,
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table resource_commands() { return table; }

}  // namespace azid::spec
