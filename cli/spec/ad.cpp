#include "cli/commands/ad.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option display_name{
    .names = "--display-name", .key = "display_name", .help = "What people call it"};
constexpr Option name_prefix{
    .names = "--display-name", .key = "display_name", .help = "Only those whose display name begins so"};
constexpr Option filter{
    .names = "--filter",
    .key = "query_filter",
    .help = "Only those that pass this OData filter, such as \"startswith(displayName,'a')\""};
constexpr Option mail_nickname{.names = "--mail-nickname", .key = "mail_nickname", .help = "Mail alias"};

// Users.

constexpr Option user_id{.names = "--id",
                         .key = "upn_or_object_id",
                         .help = "The user's principal name or object id",
                         .required = true,
                         .completes = "user"};
constexpr Option change_password{.names = "--force-change-password-next-sign-in",
                                 .key = "force_change_password_next_sign_in",
                                 .help = "The password must be changed before it is good for signing in",
                                 .arity = Arity::three_state};
constexpr Option user_create_options[] = {
    {.names = "--user-principal-name",
     .key = "user_principal_name",
     .help = "Name to sign in with, such as ann@contoso.onmicrosoft.com",
     .required = true},
    required(display_name),
    {.names = "--password",
     .key = "password",
     .help = "Password: eight characters at least, of three kinds; only a hash is kept",
     .required = true},
    described(mail_nickname, "Mail alias; without it what stands before the at sign"),
    {.names = "--immutable-id",
     .key = "immutable_id",
     .help = "Id of the account in an on-premises directory",
     .status = Status::refused,
     .why = "azid has no on-premises directory to synchronise with."},
    change_password,
};
constexpr Option user_show_options[] = {user_id};
constexpr Option user_list_options[] = {
    {.names = "--upn", .key = "upn", .help = "Only the one of this principal name"},
    name_prefix,
    filter,
};
constexpr Option user_update_options[] = {
    user_id,
    display_name,
    change_password,
    {.names = "--password", .key = "password", .help = "New password"},
    {.names = "--account-enabled",
     .key = "account_enabled",
     .help = "Whether the user can sign in",
     .arity = Arity::three_state},
    mail_nickname,
};
constexpr Option user_groups_options[] = {
    user_id,
    {.names = "--security-enabled-only",
     .key = "security_enabled_only",
     .help = "Only security groups, which all groups of azid are",
     .arity = Arity::three_state,
     .status = Status::recorded},
};

// Groups.

constexpr Option group_to_show{.names = "--group -g",
                               .key = "object_id",
                               .help = "The group's object id or display name",
                               .required = true};
constexpr Option group{.names = "--group -g",
                       .key = "group_id",
                       .help = "The group's object id or display name",
                       .required = true};
constexpr Option member{.names = "--member-id",
                        .key = "member_object_id",
                        .help = "Object id of a user, group or service principal",
                        .required = true};
constexpr Option group_create_options[] = {
    required(display_name),
    required(mail_nickname),
    {.names = "--force",
     .key = "force",
     .help = "Make another group even where one has the same names",
     .arity = Arity::three_state},
    {.names = "--description", .key = "description", .help = "What the group is for"},
};
constexpr Option group_show_options[] = {group_to_show};
constexpr Option group_list_options[] = {name_prefix, filter};
constexpr Option group_groups_options[] = {
    group_to_show,
    {.names = "--security-enabled-only",
     .key = "security_enabled_only",
     .help = "Only security groups, which all groups of azid are",
     .arity = Arity::three_state,
     .status = Status::recorded},
};
constexpr Option member_options[] = {group, member};
constexpr Option member_list_options[] = {group};
constexpr Option group_owner_options[] = {{.names = "--owner-object-id",
                                           .key = "owner_object_id",
                                           .help = "Object id of a user or service principal",
                                           .required = true},
                                          group};
constexpr Option owned_options[] = {
    {.names = "--type -t",
     .key = "object_type",
     .help = "Only those of this type, such as application, servicePrincipal or group"}};

constexpr Example user_create_examples[] = {{"A user to practise with",
                                             "azid ad user create --display-name Ann --user-principal-name "
                                             "ann@contoso.onmicrosoft.com --password 'Passw0rd!x'"}};
constexpr Example user_show_examples[] = {
    {"A user's object id", "azid ad user show --id ann@contoso.onmicrosoft.com --query id -o tsv"}};
constexpr Example user_list_examples[] = {{"Everybody", "azid ad user list -o table"}};
constexpr Example user_update_examples[] = {
    {"Another password", "azid ad user update --id ann@contoso.onmicrosoft.com --password 'N3w!secret'"}};
constexpr Example user_delete_examples[] = {{"Remove a user; role assignments stay, orphaned",
                                             "azid ad user delete --id ann@contoso.onmicrosoft.com"}};
constexpr Example user_groups_examples[] = {
    {"The groups a user is in, through others too",
     "azid ad user get-member-groups --id ann@contoso.onmicrosoft.com"}};
constexpr Example me_examples[] = {{"One's own object id", "azid ad signed-in-user show --query id -o tsv"}};
constexpr Example group_create_examples[] = {
    {"A group", "azid ad group create --display-name readers --mail-nickname readers"}};
constexpr Example group_show_examples[] = {
    {"A group's object id", "azid ad group show -g readers --query id -o tsv"}};
constexpr Example group_list_examples[] = {{"All groups", "azid ad group list -o table"}};
constexpr Example group_delete_examples[] = {{"Remove a group", "azid ad group delete -g readers"}};
constexpr Example group_groups_examples[] = {
    {"The groups that a group is in", "azid ad group get-member-groups -g readers"}};
constexpr Example member_add_examples[] = {
    {"Put a managed identity into a group", "azid ad group member add -g readers --member-id $PRINCIPAL_ID"}};
constexpr Example member_list_examples[] = {
    {"Who is in the group", "azid ad group member list -g readers -o table"}};
constexpr Example member_remove_examples[] = {
    {"Take somebody out", "azid ad group member remove -g readers --member-id $PRINCIPAL_ID"}};
constexpr Example member_check_examples[] = {
    {"Is somebody in it, directly or through another group",
     "azid ad group member check -g readers --member-id $PRINCIPAL_ID --query value"}};

constexpr Example owned_examples[] = {
    {"The applications one owns", "azid ad signed-in-user list-owned-objects --type application"}};
constexpr Example group_owners_examples[] = {
    {"Who owns the group", "azid ad group owner list -g readers -o table"}};
constexpr Example group_owner_add_examples[] = {
    {"One more owner", "azid ad group owner add -g readers --owner-object-id $USER_ID"}};
constexpr Example group_owner_remove_examples[] = {
    {"One owner less", "azid ad group owner remove -g readers --owner-object-id $USER_ID"}};

constexpr Command table[] = {
    {.name = "ad user create",
     .summary = "Create a user.",
     .options = packed<user_create_options>,
     .run = commands::ad_user_create,
     .examples = user_create_examples},
    {.name = "ad user show",
     .summary = "Show a user.",
     .options = packed<user_show_options>,
     .run = commands::ad_user_show,
     .examples = user_show_examples,
     .reads = true},
    {.name = "ad user list",
     .summary = "List users.",
     .options = packed<user_list_options>,
     .run = commands::ad_user_list,
     .examples = user_list_examples,
     .reads = true},
    {.name = "ad user update",
     .summary = "Change a user.",
     .options = packed<user_update_options>,
     .run = commands::ad_user_update,
     .examples = user_update_examples},
    {.name = "ad user delete",
     .summary = "Delete a user.",
     .options = packed<user_show_options>,
     .run = commands::ad_user_delete,
     .examples = user_delete_examples},
    {.name = "ad user get-member-groups",
     .summary = "List the groups that a user is in, directly or through others.",
     .options = packed<user_groups_options>,
     .run = commands::ad_user_get_member_groups,
     .examples = user_groups_examples,
     .reads = true},
    {.name = "ad signed-in-user show",
     .summary = "Show the user who is signed in.",
     .run = commands::ad_signed_in_user_show,
     .examples = me_examples,
     .reads = true},
    {.name = "ad signed-in-user list-owned-objects",
     .summary = "List what the user who is signed in owns in the directory.",
     .options = packed<owned_options>,
     .run = commands::ad_signed_in_user_list_owned,
     .examples = owned_examples,
     .reads = true},
    {.name = "ad group create",
     .summary = "Create a group.",
     .options = packed<group_create_options>,
     .run = commands::ad_group_create,
     .examples = group_create_examples},
    {.name = "ad group show",
     .summary = "Show a group.",
     .options = packed<group_show_options>,
     .run = commands::ad_group_show,
     .examples = group_show_examples,
     .reads = true},
    {.name = "ad group list",
     .summary = "List groups.",
     .options = packed<group_list_options>,
     .run = commands::ad_group_list,
     .examples = group_list_examples,
     .reads = true},
    {.name = "ad group delete",
     .summary = "Delete a group.",
     .options = packed<group_show_options>,
     .run = commands::ad_group_delete,
     .examples = group_delete_examples},
    {.name = "ad group get-member-groups",
     .summary = "List the groups that a group is in, directly or through others.",
     .options = packed<group_groups_options>,
     .run = commands::ad_group_get_member_groups,
     .examples = group_groups_examples,
     .reads = true},
    {.name = "ad group member add",
     .summary = "Put a user, service principal or group into a group.",
     .options = packed<member_options>,
     .run = commands::ad_group_member_add,
     .examples = member_add_examples},
    {.name = "ad group member list",
     .summary = "List a group's direct members.",
     .options = packed<member_list_options>,
     .run = commands::ad_group_member_list,
     .examples = member_list_examples,
     .reads = true},
    {.name = "ad group member remove",
     .summary = "Take a member out of a group.",
     .options = packed<member_options>,
     .run = commands::ad_group_member_remove,
     .examples = member_remove_examples},
    {.name = "ad group member check",
     .summary = "Tell whether somebody is in a group, directly or through others.",
     .options = packed<member_options>,
     .run = commands::ad_group_member_check,
     .examples = member_check_examples,
     .reads = true},
    {.name = "ad group owner list",
     .summary = "List a group's owners.",
     .options = packed<member_list_options>,
     .run = commands::ad_group_owner_list,
     .examples = group_owners_examples,
     .reads = true},
    {.name = "ad group owner add",
     .summary = "Add an owner to a group.",
     .options = packed<group_owner_options>,
     .run = commands::ad_group_owner_add,
     .examples = group_owner_add_examples},
    {.name = "ad group owner remove",
     .summary = "Take an owner off a group.",
     .options = packed<group_owner_options>,
     .run = commands::ad_group_owner_remove,
     .examples = group_owner_remove_examples},
};
static_assert(fault_of(table).empty());

}  // namespace

Table ad_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
