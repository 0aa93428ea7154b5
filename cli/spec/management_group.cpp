#include "cli/commands/management_group.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option name{
    .names = "--name -n", .key = "group_name", .help = "Name of the management group", .required = true};
constexpr Option root_name{.names = "--name -n",
                           .key = "group_name",
                           .help = "Name of the root management group: the tenant's id",
                           .required = true};
constexpr Option display_name{
    .names = "--display-name -d", .key = "display_name", .help = "Name for people; the name without it"};
constexpr Option no_register{
    .names = "--no-register",
    .key = "no_register",
    .help = "Leave the provider Microsoft.Management as it is, which azid always does",
    .arity = Arity::flag,
    .status = Status::recorded};
constexpr Option which_subscription{.names = "--subscription -s",
                                    .key = "subscription",
                                    .help = "Name or id of the subscription",
                                    .required = true,
                                    .completes = "subscription"};
constexpr Option guarded{
    .names = "--require-authorization-for-group-creation -r",
    .key = "require_authorization_for_group_creation",
    .help = "Whether making a group takes the right to write at the root: true or false"};
constexpr Option default_group{.names = "--default-management-group -m",
                               .key = "default_management_group",
                               .help = "Group that new subscriptions go into, by id"};

constexpr Option create_options[] = {
    name,
    display_name,
    {.names = "--parent -p", .key = "parent", .help = "Group above it, by name or id; the root without it"},
    no_register};
constexpr Option show_options[] = {name,
                                   {.names = "--expand -e",
                                    .key = "expand",
                                    .help = "Show what is right below it too",
                                    .arity = Arity::flag},
                                   {.names = "--recurse -r",
                                    .key = "recurse",
                                    .help = "With --expand, show everything below",
                                    .arity = Arity::flag},
                                   no_register};
constexpr Option list_options[] = {no_register};
constexpr Option update_options[] = {
    name,
    display_name,
    {.names = "--parent -p", .key = "parent_id", .help = "Group to move it below, by name or id"},
    set,
    add,
    remove,
    force_string};
constexpr Option delete_options[] = {name, no_register};
constexpr Option check_options[] = {name};
constexpr Option subscription_options[] = {name, which_subscription};
constexpr Option subscription_list_options[] = {name};
constexpr Option settings_create_options[] = {root_name, guarded, default_group};
constexpr Option settings_update_options[] = {root_name, guarded, default_group, set,
                                              add,       remove,  force_string};
constexpr Option settings_list_options[] = {root_name};
constexpr Option settings_delete_options[] = {root_name, yes};

constexpr Example create_examples[] = {
    {"A group below the root", "azid account management-group create -n lessons"},
    {"One below another", "azid account management-group create -n first --parent lessons -d 'First year'"}};
constexpr Example show_examples[] = {
    {"With all that is below it", "azid account management-group show -n lessons --expand --recurse"}};
constexpr Example list_examples[] = {
    {"Those one has access to", "azid account management-group list -o table"}};
constexpr Example update_examples[] = {
    {"Move a group", "azid account management-group update -n first --parent lessons"}};
constexpr Example delete_examples[] = {{"An empty group", "azid account management-group delete -n first"}};
constexpr Example check_examples[] = {
    {"Is the name free", "azid account management-group check-name-availability -n lessons"}};
constexpr Example add_examples[] = {
    {"Put a subscription below a group",
     "azid account management-group subscription add -n lessons -s Practice"}};
constexpr Example remove_examples[] = {
    {"Back below the root", "azid account management-group subscription remove -n lessons -s Practice"}};
constexpr Example subscription_show_examples[] = {
    {"Is it right below the group",
     "azid account management-group subscription show -n lessons -s Practice"}};
constexpr Example under_examples[] = {
    {"Subscriptions right below a group",
     "azid account management-group subscription show-sub-under-mg -n lessons --query '[].displayName'"}};
constexpr Example entities_examples[] = {{"The tree as one sees it",
                                          "azid account management-group entities list --query "
                                          "'[].{name:displayName, may:permissions}' -o table"}};
constexpr Example settings_create_examples[] = {
    {"Not everybody may make groups",
     "azid account management-group hierarchy-settings create -n $TENANT_ID -r true"}};
constexpr Example settings_update_examples[] = {
    {"New subscriptions go below a group",
     "azid account management-group hierarchy-settings update -n $TENANT_ID -m "
     "/providers/Microsoft.Management/managementGroups/lessons"}};
constexpr Example settings_list_examples[] = {
    {"The settings", "azid account management-group hierarchy-settings list -n $TENANT_ID"}};
constexpr Example settings_delete_examples[] = {
    {"No settings any more", "azid account management-group hierarchy-settings delete -n $TENANT_ID --yes"}};
constexpr Example backfill_get_examples[] = {
    {"It is always complete", "azid account management-group tenant-backfill get --query status"}};
constexpr Example backfill_start_examples[] = {
    {"Nothing is left to do", "azid account management-group tenant-backfill start"}};

constexpr std::string_view about_access =
    "Whoever makes a group is its Owner. To the root group, whose name is the tenant's id, nobody has access "
    "until a Global Administrator elevates the access.";

constexpr Command table[] = {
    {.name = "account management-group check-name-availability",
     .summary = "Tell whether a name for a management group is free.",
     .options = packed<check_options>,
     .run = commands::management_group_check_name,
     .examples = check_examples,
     .reads = true},
    {.name = "account management-group create",
     .summary = "Create a management group.",
     .options = packed<create_options>,
     .run = commands::management_group_create,
     .examples = create_examples,
     .details = about_access},
    {.name = "account management-group delete",
     .summary = "Delete an empty management group.",
     .options = packed<delete_options>,
     .run = commands::management_group_delete,
     .examples = delete_examples},
    {.name = "account management-group entities list",
     .summary = "List the groups and subscriptions that one can see in the tree.",
     .run = commands::management_group_entities,
     .examples = entities_examples,
     .reads = true},
    {.name = "account management-group hierarchy-settings create",
     .summary = "Set the settings of the tree.",
     .options = packed<settings_create_options>,
     .run = commands::hierarchy_settings_create,
     .examples = settings_create_examples},
    {.name = "account management-group hierarchy-settings delete",
     .summary = "Take the settings of the tree away.",
     .options = packed<settings_delete_options>,
     .run = commands::hierarchy_settings_delete,
     .examples = settings_delete_examples,
     .confirm = "Are you sure you want to perform this operation?"},
    {.name = "account management-group hierarchy-settings list",
     .summary = "Show the settings of the tree.",
     .options = packed<settings_list_options>,
     .run = commands::hierarchy_settings_list,
     .examples = settings_list_examples,
     .reads = true},
    {.name = "account management-group hierarchy-settings update",
     .summary = "Change the settings of the tree.",
     .options = packed<settings_update_options>,
     .run = commands::hierarchy_settings_update,
     .examples = settings_update_examples},
    {.name = "account management-group list",
     .summary = "List the management groups that one has access to.",
     .options = packed<list_options>,
     .run = commands::management_group_list,
     .examples = list_examples,
     .reads = true},
    {.name = "account management-group show",
     .summary = "Show a management group.",
     .options = packed<show_options>,
     .run = commands::management_group_show,
     .examples = show_examples,
     .details = about_access,
     .reads = true},
    {.name = "account management-group subscription add",
     .summary = "Move a subscription into a management group.",
     .options = packed<subscription_options>,
     .run = commands::management_group_subscription_add,
     .examples = add_examples},
    {.name = "account management-group subscription remove",
     .summary = "Move a subscription out of a management group, below the root.",
     .options = packed<subscription_options>,
     .run = commands::management_group_subscription_remove,
     .examples = remove_examples},
    {.name = "account management-group subscription show",
     .summary = "Show a subscription in its management group.",
     .options = packed<subscription_options>,
     .run = commands::management_group_subscription_show,
     .examples = subscription_show_examples,
     .reads = true},
    {.name = "account management-group subscription show-sub-under-mg",
     .summary = "List the subscriptions right below a management group.",
     .options = packed<subscription_list_options>,
     .run = commands::management_group_subscription_list,
     .examples = under_examples,
     .reads = true},
    {.name = "account management-group tenant-backfill get",
     .summary = "Tell whether all subscriptions are in the tree.",
     .run = commands::tenant_backfill,
     .examples = backfill_get_examples,
     .reads = true},
    {.name = "account management-group tenant-backfill start",
     .summary = "Bring all subscriptions into the tree, where they always are.",
     .run = commands::tenant_backfill,
     .examples = backfill_start_examples,
     .reads = true},
    {.name = "account management-group update",
     .summary = "Rename or move a management group.",
     .options = packed<update_options>,
     .run = commands::management_group_update,
     .examples = update_examples},
};
static_assert(fault_of(table).empty());

}  // namespace

Table management_group_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
