#include "cli/commands/access.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option assignee{
    .names = "--assignee",
    .key = "assignee",
    .help = "Who: sign-in name, client id, object id or display name; the signed-in caller when not given",
    .completes = "principal"};
constexpr Option token{.names = "--token",
                       .key = "token",
                       .help = "Decide for the holder of this access token, from what the token says"};
constexpr Option action{.names = "--action",
                        .key = "action",
                        .help = "The operation, such as Microsoft.Compute/virtualMachines/start/action",
                        .required = true};
constexpr Option scope{.names = "--scope",
                       .key = "scope",
                       .help = "Id of what the operation is on; the subscription when not given"};
constexpr Option data_action{.names = "--data-action",
                             .key = "data_action",
                             .help = "Take the operation for a data action, whatever azid's table says",
                             .arity = Arity::flag};
constexpr Option attributes{.names = "--attributes",
                            .key = "attributes",
                            .help = "Attributes for conditions, as @Resource[NAME]=VALUE, space-separated",
                            .arity = Arity::any};

constexpr Option check_options[] = {
    subscription,
    assignee,
    token,
    action,
    scope,
    data_action,
    attributes,
    {.names = "--assert",
     .key = "assertion",
     .help = "Exit with 1 unless the decision is this one",
     .choices = "allow deny"},
};
constexpr Option explain_options[] = {subscription, assignee, token, action, scope, data_action, attributes};
constexpr Option who_options[] = {subscription, action, scope, data_action, attributes};

constexpr Option deny_scope{
    .names = "--scope", .key = "scope", .help = "Id of the scope; the subscription when not given"};
constexpr Option create_options[] = {
    subscription,
    {.names = "--name -n", .key = "name", .help = "Name of the deny assignment", .required = true},
    deny_scope,
    {.names = "--actions",
     .key = "actions",
     .help = "Actions to deny, wildcards allowed",
     .arity = Arity::some},
    {.names = "--not-actions", .key = "not_actions", .help = "Actions to leave alone", .arity = Arity::some},
    {.names = "--data-actions", .key = "data_actions", .help = "Data actions to deny", .arity = Arity::some},
    {.names = "--not-data-actions",
     .key = "not_data_actions",
     .help = "Data actions to leave alone",
     .arity = Arity::some},
    {.names = "--assignee", .key = "assignee", .help = "Whom to deny, one or more", .arity = Arity::some},
    {.names = "--everyone", .key = "everyone", .help = "Deny everybody", .arity = Arity::flag},
    {.names = "--exclude",
     .key = "exclude",
     .help = "Whom to leave alone, one or more",
     .arity = Arity::some},
    {.names = "--only-this-scope",
     .key = "only_this_scope",
     .help = "Not below the scope",
     .arity = Arity::flag},
    {.names = "--description", .key = "description", .help = "What it is for"},
};
constexpr Option list_options[] = {subscription, deny_scope};
constexpr Option delete_options[] = {
    subscription,
    {.names = "--name -n", .key = "name", .help = "Name or GUID of the deny assignment", .required = true},
    deny_scope,
};

constexpr Example check_examples[] = {
    {"Make a test of it: exit status 0 when it is so",
     "azid access check --assignee CLIENT_ID --action Microsoft.KeyVault/vaults/secrets/getSecret/action "
     "--scope "
     "VAULT_ID --assert allow"},
    {"What a token's holder may do",
     "azid access check --token \"$TOKEN\" --action Microsoft.Compute/virtualMachines/read --scope VM_ID"}};
constexpr Example explain_examples[] = {
    {"Why an identity is refused",
     "azid access explain --assignee app --action Microsoft.KeyVault/vaults/secrets/getSecret/action --scope "
     "VAULT_ID"}};
constexpr Example who_examples[] = {
    {"Who may restart a machine",
     "azid access who-can --action Microsoft.Compute/virtualMachines/restart/action --scope VM_ID -o table"}};
constexpr Example create_examples[] = {{"Nobody deletes in this group",
                                        "azid access deny create -n keep --actions */delete --everyone "
                                        "--scope /subscriptions/SUBSCRIPTION_ID/resourceGroups/rg"}};
constexpr Example list_examples[] = {{"All in and above the subscription", "azid access deny list"}};
constexpr Example delete_examples[] = {{"By its name", "azid access deny delete -n keep"}};

constexpr Command table[] = {
    {.name = "access check",
     .summary = "Tell whether somebody may do something.",
     .options = packed<check_options>,
     .run = commands::access_check,
     .examples = check_examples,
     .own = true,
     .reads = true},
    {.name = "access explain",
     .summary = "Tell why somebody may or may not do something, and what would allow it.",
     .options = packed<explain_options>,
     .run = commands::access_explain,
     .examples = explain_examples,
     .table = "trail[].{Role:roleName, Scope:scope, Outcome:outcome, Pattern:pattern}",
     .own = true},
    {.name = "access who-can",
     .summary = "List everybody who may do something.",
     .options = packed<who_options>,
     .run = commands::access_who_can,
     .examples = who_examples,
     .table =
         "[].{Principal:principalName, Type:principalType, Role:roleName, Scope:scope, Group:throughGroup}",
     .own = true},
    {.name = "access deny create",
     .summary = "Create a deny assignment.",
     .options = packed<create_options>,
     .run = commands::access_deny_create,
     .examples = create_examples,
     .details = "In Azure only other services do this: deployment stacks, managed applications.",
     .own = true},
    {.name = "access deny list",
     .summary = "List deny assignments.",
     .options = packed<list_options>,
     .run = commands::access_deny_list,
     .examples = list_examples,
     .table = "[].{Name:denyAssignmentName, Scope:scope, Denied:join(' ', permissions[].actions[])}",
     .own = true,
     .reads = true},
    {.name = "access deny delete",
     .summary = "Delete a deny assignment.",
     .options = packed<delete_options>,
     .run = commands::access_deny_delete,
     .examples = delete_examples,
     .own = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table access_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
