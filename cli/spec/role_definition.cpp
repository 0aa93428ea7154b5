#include "cli/commands/role_definition.hpp"
#include "cli/commands/argument_checks.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option name{.names = "--name -n",
                      .key = "name",
                      .help = "The role's name, to the letter, or its GUID",
                      .completes = "role"};
constexpr Option group =
    described(optional(resource_group), "Only roles that can be assigned in this resource group");
constexpr Option scope{
    .names = "--scope",
    .key = "scope",
    .help =
        "Only roles that can be assigned at this scope; the subscription when neither -g nor this is given"};
constexpr Option custom_role_only{.names = "--custom-role-only",
                                  .key = "custom_role_only",
                                  .help = "Only roles of one's own",
                                  .arity = Arity::three_state,
                                  .choices = "true false"};

constexpr Option write_options[] = {
    subscription,
    {.names = "--role-definition",
     .key = "role_definition",
     .help = "The role: JSON text or a file of it",
     .required = true,
     .completes = "file"},
};
constexpr Option list_options[] = {subscription, name, group, scope, custom_role_only};
constexpr Option show_options[] = {
    subscription,
    {.names = "--scope", .key = "scope", .help = "Scope to look from, with --name"},
    {.names = "--name -n", .key = "name", .help = "The role's GUID", .completes = "role"},
    {.names = "--id", .key = "role_id", .help = "The role's whole id, instead of scope and name"},
};
constexpr Option delete_options[] = {subscription, required(name), group, scope, custom_role_only};

constexpr Example create_examples[] = {
    {"A role that restarts machines",
     "azid role definition create --role-definition '{\"Name\": \"Restarter\", \"Actions\": "
     "[\"Microsoft.Compute/virtualMachines/restart/action\"], \"AssignableScopes\": "
     "[\"/subscriptions/SUBSCRIPTION_ID\"]}'"},
    {"From a file", "azid role definition create --role-definition role.json"}};
constexpr Example list_examples[] = {
    {"What a role allows", "azid role definition list --name Contributor --query '[].permissions'"},
    {"Roles of one's own", "azid role definition list --custom-role-only -o table"}};
constexpr Example show_examples[] = {{"The Reader role",
                                      "azid role definition show --name acdd72a7-3385-48ef-bd42-f606fba81ae7 "
                                      "--scope /subscriptions/SUBSCRIPTION_ID"}};
constexpr Example update_examples[] = {
    {"From what list printed, edited", "azid role definition update --role-definition role.json"}};
constexpr Example delete_examples[] = {
    {"Delete a role of one's own", "azid role definition delete --name Restarter"}};

constexpr Command table[] = {
    {.name = "role definition create",
     .summary = "Create a role of one's own.",
     .options = packed<write_options>,
     .run = commands::role_definition_create,
     .examples = create_examples,
     .details = "NotActions take something out of the role's own Actions; they deny nothing that another "
                "role gives."},
    {.name = "role definition list",
     .summary = "List roles, Azure's own and one's own.",
     .options = packed<list_options>,
     .run = commands::role_definition_list,
     .examples = list_examples,
     .table = "[].{Name:roleName, Type:type, Description:description}",
     .reads = true,
     .check = commands::check_nothing_empty},
    {.name = "role definition show",
     .summary = "Show a role.",
     .options = packed<show_options>,
     .run = commands::role_definition_show,
     .examples = show_examples,
     .reads = true,
     .check = commands::check_role_definition},
    {.name = "role definition update",
     .summary = "Change a role of one's own.",
     .options = packed<write_options>,
     .run = commands::role_definition_update,
     .examples = update_examples},
    {.name = "role definition delete",
     .summary = "Delete a role of one's own.",
     .options = packed<delete_options>,
     .run = commands::role_definition_delete,
     .examples = delete_examples,
     .details = "A role that is still assigned to somebody stays.",
     .check = commands::check_nothing_empty},
};
static_assert(fault_of(table).empty());

}  // namespace

Table role_definition_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
