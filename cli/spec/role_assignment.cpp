#include "cli/commands/role_assignment.hpp"
#include "cli/commands/argument_checks.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option role{
    .names = "--role", .key = "role", .help = "Name or id of the role", .completes = "role"};
constexpr Option scope{.names = "--scope",
                       .key = "scope",
                       .help = "Where: a management group, subscription, group or resource, by its id",
                       .completes = "scope"};
constexpr Option assignee{
    .names = "--assignee",
    .key = "assignee",
    .help = "To whom: sign-in name, service principal name (such as a client id) or object id",
    .completes = "principal"};
constexpr Option assignee_object_id{
    .names = "--assignee-object-id",
    .key = "assignee_object_id",
    .help = "To whom, by the object id (principal id); the directory is not asked"};
constexpr Option group = described(optional(resource_group), "Only at this resource group");
constexpr Option include_inherited{.names = "--include-inherited",
                                   .key = "include_inherited",
                                   .help = "Also what is assigned above the scope",
                                   .arity = Arity::flag};

constexpr Option create_options[] = {
    subscription,
    required(role),
    required(scope),
    assignee,
    assignee_object_id,
    {.names = "--assignee-principal-type",
     .key = "assignee_principal_type",
     .help = "What the object id is; with it not even the service looks the principal up",
     .choices = "User Group ServicePrincipal ForeignGroup"},
    {.names = "--description",
     .key = "description",
     .help = "Why the role is assigned",
     .stage = Stage::preview},
    {.names = "--condition",
     .key = "condition",
     .help = "When the assignment counts, in the language of role assignment conditions",
     .stage = Stage::preview},
    {.names = "--condition-version",
     .key = "condition_version",
     .help = "Version of that language: 2.0",
     .stage = Stage::preview},
    {.names = "--name -n",
     .key = "assignment_name",
     .help = "GUID of the assignment; a new one when not given"},
};
constexpr Option list_options[] = {
    subscription,
    described(assignee, "Only those of this user, group or service principal"),
    described(assignee_object_id, "Only those of this object id (principal id); the directory is not asked"),
    described(role, "Only those of this role"),
    group,
    described(scope, "Only at exactly this scope; the subscription when neither -g nor this is given"),
    include_inherited,
    {.names = "--all",
     .key = "show_all",
     .help = "All of the subscription, whatever their scope",
     .arity = Arity::flag},
    {.names = "--include-groups",
     .key = "include_groups",
     .help = "Also those of the groups that the assignee is in",
     .arity = Arity::flag},
    {.names = "--fill-role-definition-name",
     .key = "fill_role_definition_name",
     .help = "Add the role's name; true when not given",
     .arity = Arity::three_state,
     .choices = "true false",
     .fallback = "true"},
    {.names = "--fill-principal-name",
     .key = "fill_principal_name",
     .help = "Ask the directory for the principal's name; true when not given",
     .arity = Arity::three_state,
     .choices = "true false",
     .fallback = "true"},
};
constexpr Option update_options[] = {
    subscription,
    {.names = "--role-assignment",
     .key = "role_assignment",
     .help = "The assignment as list shows it, changed: JSON text or a file of it",
     .required = true,
     .completes = "file"},
};
constexpr Option log_options[] = {
    subscription,
    {.names = "--start-time",
     .key = "start_time",
     .help = "From when on, such as 2030-12-31T12:59:59Z; an hour before the end without it"},
    {.names = "--end-time", .key = "end_time", .help = "Until when; now without it"},
};
constexpr Option delete_options[] = {
    subscription,
    {.names = "--ids", .key = "ids", .help = "Ids of the assignments to delete", .arity = Arity::some},
    described(assignee, "Only those of this user, group or service principal"),
    described(assignee_object_id, "Only those of this object id (principal id)"),
    described(role, "Only those of this role"),
    group,
    described(scope, "Only at exactly this scope"),
    include_inherited,
    described(yes, "Changes nothing: nothing is asked"),
};

constexpr Example create_examples[] = {
    {"Let an identity read secrets",
     "azid role assignment create --assignee CLIENT_ID --role \"Key Vault Secrets User\" --scope VAULT_ID"},
    {"By principal id, right after the identity was made",
     "azid role assignment create --assignee-object-id PRINCIPAL_ID --assignee-principal-type "
     "ServicePrincipal --role "
     "Reader --scope /subscriptions/SUBSCRIPTION_ID/resourceGroups/rg"}};
constexpr Example list_examples[] = {
    {"Everything that is assigned in the subscription", "azid role assignment list --all -o table"},
    {"What one identity may do, its groups included",
     "azid role assignment list --assignee CLIENT_ID --all --include-groups"}};
constexpr Example update_examples[] = {
    {"Change the description", "azid role assignment update --role-assignment assignment.json"}};
constexpr Example delete_examples[] = {
    {"Take a role away", "azid role assignment delete --assignee CLIENT_ID --role Reader -g rg"},
    {"One assignment by its id", "azid role assignment delete --ids ASSIGNMENT_ID"}};

constexpr Example log_examples[] = {
    {"What was given and taken within the last hour", "azid role assignment list-changelogs"},
    {"Since a day", "azid role assignment list-changelogs --start-time 2030-12-31T00:00:00Z -o table"}};

constexpr Command table[] = {
    {.name = "role assignment create",
     .summary = "Give a role to a user, group, service principal or managed identity.",
     .options = packed<create_options>,
     .run = commands::role_assignment_create,
     .examples = create_examples,
     .details = "Giving the same role again at the same scope changes nothing and shows what is there.",
     .check = commands::check_nothing_empty},
    {.name = "role assignment list",
     .summary = "List role assignments.",
     .options = packed<list_options>,
     .run = commands::role_assignment_list,
     .examples = list_examples,
     .table = "[].{Principal:principalName, Role:roleDefinitionName, Scope:scope}",
     .details = "Assignments of deleted principals stay and are listed without a name.",
     .reads = true,
     .check = commands::check_nothing_empty},
    {.name = "role assignment update",
     .summary = "Change the description or condition of a role assignment.",
     .options = packed<update_options>,
     .run = commands::role_assignment_update,
     .examples = update_examples},
    {.name = "role assignment delete",
     .summary = "Take roles away.",
     .options = packed<delete_options>,
     .run = commands::role_assignment_delete,
     .examples = delete_examples,
     .check = commands::check_nothing_empty},
    {.name = "role assignment list-changelogs",
     .summary = "List what was given to whom, and what was taken away.",
     .options = packed<log_options>,
     .run = commands::role_assignment_list_changelogs,
     .examples = log_examples,
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table role_assignment_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
