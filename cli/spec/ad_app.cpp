#include "cli/commands/ad.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr std::string_view app_key = "keyCredential";
constexpr std::string_view app_json = "JSON property";

constexpr Option app_id{.names = "--id",
                        .key = "identifier",
                        .help = "Client id (application id), identifier URI, or object id",
                        .required = true};

// What create and update have in common.
constexpr Option app_uris{
    .names = "--identifier-uris",
    .key = "identifier_uris",
    .help = "URIs by which tokens for the application are asked for, such as api://orders",
    .arity = Arity::some};
constexpr Option app_fallback{.names = "--is-fallback-public-client",
                              .key = "is_fallback_public_client",
                              .help = "Take the application for a public client where it cannot be told",
                              .arity = Arity::three_state,
                              .choices = "true false",
                              .status = Status::recorded};
constexpr Option app_reference{.names = "--service-management-reference",
                               .key = "service_management_reference",
                               .help = "Reference into a service or asset database",
                               .status = Status::recorded};
constexpr Option app_audience{
    .names = "--sign-in-audience",
    .key = "sign_in_audience",
    .help = "Whose accounts may sign in",
    .choices = "AzureADMyOrg AzureADMultipleOrgs AzureADandPersonalMicrosoftAccount PersonalMicrosoftAccount",
    .status = Status::recorded};
constexpr Option app_token_version{
    .names = "--requested-access-token-version",
    .key = "requested_access_token_version",
    .help = "Version of the access tokens that the application takes as an API: 1 or 2",
    .section = "api",
    .type = ValueType::integer};
constexpr Option app_key_value{.names = "--key-value",
                               .key = "key_value",
                               .help = "Base64 of a certificate to sign in with",
                               .section = app_key};
constexpr Option app_key_type{.names = "--key-type",
                              .key = "key_type",
                              .help = "Type of the key; azid keeps certificates only",
                              .choices = "AsymmetricX509Cert Password Symmetric",
                              .fallback = "AsymmetricX509Cert",
                              .section = app_key};
constexpr Option app_key_usage{.names = "--key-usage",
                               .key = "key_usage",
                               .help = "What the key is for",
                               .choices = "Sign Verify",
                               .fallback = "Verify",
                               .section = app_key};
constexpr Option app_start{.names = "--start-date",
                           .key = "start_date",
                           .help = "When the key begins to be good, such as 2030-01-01; now without it",
                           .section = app_key};
constexpr Option app_end{.names = "--end-date",
                         .key = "end_date",
                         .help = "When the key ceases to be good; a year after the start without it",
                         .section = app_key};
constexpr Option app_key_name{.names = "--key-display-name",
                              .key = "key_display_name",
                              .help = "What people call the key",
                              .section = app_key};
constexpr Option app_home{.names = "--web-home-page-url",
                          .key = "web_home_page_url",
                          .help = "Home page of the application",
                          .section = "web",
                          .status = Status::recorded};
constexpr Option app_redirects{.names = "--web-redirect-uris",
                               .key = "web_redirect_uris",
                               .help = "URIs that users are sent back to after signing in",
                               .arity = Arity::some,
                               .section = "web",
                               .status = Status::recorded};
constexpr Option app_id_tokens{.names = "--enable-id-token-issuance",
                               .key = "enable_id_token_issuance",
                               .help = "Give id tokens by the implicit flow",
                               .arity = Arity::three_state,
                               .choices = "true false",
                               .section = "web",
                               .status = Status::recorded};
constexpr Option app_access_tokens{.names = "--enable-access-token-issuance",
                                   .key = "enable_access_token_issuance",
                                   .help = "Give access tokens by the implicit flow",
                                   .arity = Arity::three_state,
                                   .choices = "true false",
                                   .section = "web",
                                   .status = Status::recorded};
constexpr Option app_public_redirects{.names = "--public-client-redirect-uris",
                                      .key = "public_client_redirect_uris",
                                      .help = "URIs that users of an installed application are sent back to",
                                      .arity = Arity::some,
                                      .section = "publicClient",
                                      .status = Status::recorded};
constexpr Option app_roles{
    .names = "--app-roles",
    .key = "app_roles",
    .help = "Roles that the application has for users and other applications: JSON, or a file of it",
    .completes = "file",
    .section = app_json};
constexpr Option app_claims{.names = "--optional-claims",
                            .key = "optional_claims",
                            .help = "Claims to put into tokens: JSON, or a file of it",
                            .completes = "file",
                            .section = app_json,
                            .status = Status::recorded};
constexpr Option app_accesses{.names = "--required-resource-accesses",
                              .key = "required_resource_accesses",
                              .help = "Permissions that the application asks of APIs: JSON, or a file of it",
                              .completes = "file",
                              .section = app_json};

constexpr Option app_create_options[] = {
    {.names = "--display-name", .key = "display_name", .help = "What people call it", .required = true},
    app_uris,
    app_fallback,
    app_reference,
    app_audience,
    app_token_version,
    app_key_value,
    app_key_type,
    app_key_usage,
    app_start,
    app_end,
    app_key_name,
    app_home,
    app_redirects,
    app_id_tokens,
    app_access_tokens,
    app_public_redirects,
    app_roles,
    app_claims,
    app_accesses,
};
constexpr Option app_update_options[] = {
    app_id,
    {.names = "--display-name", .key = "display_name", .help = "What people call it"},
    app_uris,
    app_fallback,
    app_reference,
    app_audience,
    app_token_version,
    app_key_value,
    app_key_type,
    app_key_usage,
    app_start,
    app_end,
    app_key_name,
    app_home,
    app_redirects,
    app_id_tokens,
    app_access_tokens,
    app_public_redirects,
    app_roles,
    app_claims,
    app_accesses,
    set,
    add,
    remove,
    force_string,
};
constexpr Option app_one_options[] = {app_id};
constexpr Option app_list_options[] = {
    {.names = "--app-id", .key = "app_id", .help = "Only the one of this client id (application id)"},
    {.names = "--display-name", .key = "display_name", .help = "Only those whose display name begins so"},
    {.names = "--identifier-uri",
     .key = "identifier_uri",
     .help = "Only the one that has this identifier URI"},
    {.names = "--filter",
     .key = "query_filter",
     .help = "Only those that pass this OData filter, such as \"displayName eq 'orders'\""},
    {.names = "--all",
     .key = "include_all",
     .help = "All of them, beyond the first hundred",
     .arity = Arity::flag},
    {.names = "--show-mine",
     .key = "show_mine",
     .help = "Only those that the signed-in user owns",
     .arity = Arity::flag},
};

// Federated credentials.

constexpr Option trusting_app{.names = "--id",
                              .key = "app_identifier",
                              .help = "The application's client id, identifier URI or object id",
                              .required = true};
constexpr Option trust_id{.names = "--federated-credential-id",
                          .key = "federated_identity_credential_id_or_name",
                          .help = "Id or name of the federated credential",
                          .required = true};
constexpr Option trust_parameters{
    .names = "--parameters",
    .key = "parameters",
    .help = "name, issuer, subject, audiences and description: JSON, or a file of it",
    .required = true,
    .completes = "file"};
constexpr Option trust_create_options[] = {trusting_app, trust_parameters};
constexpr Option trust_one_options[] = {trusting_app, trust_id};
constexpr Option trust_list_options[] = {trusting_app};
constexpr Option trust_update_options[] = {trusting_app, trust_id, trust_parameters};

// Owners and permissions.

constexpr Option owner_id{.names = "--owner-object-id",
                          .key = "owner_object_id",
                          .help = "Object id of a user or service principal",
                          .required = true};
constexpr Option owner_options[] = {owner_id, app_id};
constexpr Option api{
    .names = "--api", .key = "api", .help = "Client id (application id) of the API", .required = true};
constexpr Option permission_add_options[] = {
    app_id,
    api,
    {.names = "--api-permissions",
     .key = "api_permissions",
     .help = "Permissions as id=Scope (delegated) or id=Role (app role)",
     .arity = Arity::some,
     .required = true},
};
constexpr Option permission_delete_options[] = {
    app_id,
    api,
    {.names = "--api-permissions",
     .key = "api_permissions",
     .help = "Ids of the permissions; without them all of the API",
     .arity = Arity::some},
};
constexpr Option permission_grant_options[] = {
    {.names = "--id --client-id",
     .key = "identifier",
     .help = "Client id, another name or object id of the client's service principal",
     .required = true},
    {.names = "--api --resource-id",
     .key = "api",
     .help = "Client id, another name or object id of the API's service principal",
     .required = true},
    {.names = "--scope",
     .key = "scope",
     .help = "Names of the delegated permissions",
     .arity = Arity::any,
     .required = true},
    {.names = "--consent-type",
     .key = "consent_type",
     .help = "For all users, or for the one of --principal-id",
     .choices = "AllPrincipals Principal",
     .fallback = "AllPrincipals"},
    {.names = "--principal-id", .key = "principal_id", .help = "Object id of the user that it is for"},
};
constexpr Option permission_grants_options[] = {
    {.names = "--id",
     .key = "identifier",
     .help = "Client id, another name or object id of the client's service principal"},
    {.names = "--filter", .key = "query_filter", .help = "Only those that pass this OData filter"},
    {.names = "--show-resource-name -r",
     .key = "show_resource_name",
     .help = "Add the API's display name",
     .arity = Arity::three_state,
     .choices = "true false"},
};

constexpr Example app_create_examples[] = {
    {"An API with an app role",
     "azid ad app create --display-name orders --identifier-uris api://orders --app-roles @roles.json"}};
constexpr Example app_show_examples[] = {
    {"An application's client id", "azid ad app show --id api://orders --query appId -o tsv"}};
constexpr Example app_list_examples[] = {
    {"All applications", "azid ad app list --all -o table"},
    {"Those of one name", "azid ad app list --display-name orders --query [].appId -o tsv"}};
constexpr Example app_update_examples[] = {
    {"Another identifier URI", "azid ad app update --id $APP_ID --identifier-uris api://$APP_ID"},
    {"A property by its name", "azid ad app update --id $APP_ID --set groupMembershipClaims=All"}};
constexpr Example app_delete_examples[] = {
    {"An application and its service principal", "azid ad app delete --id $APP_ID"}};
constexpr Example trust_create_examples[] = {
    {"Trust a workflow on the main branch of a GitHub repository",
     "azid ad app federated-credential create --id $APP_ID --parameters '{\"name\": \"main\", \"issuer\": "
     "\"https://token.actions.githubusercontent.com\", \"subject\": \"repo:me/app:ref:refs/heads/main\", "
     "\"audiences\": [\"api://AzureADTokenExchange\"]}'"}};
constexpr Example trust_show_examples[] = {
    {"One of them", "azid ad app federated-credential show --id $APP_ID --federated-credential-id main"}};
constexpr Example trust_list_examples[] = {
    {"All of an application", "azid ad app federated-credential list --id $APP_ID -o table"}};
constexpr Example trust_update_examples[] = {
    {"Another subject",
     "azid ad app federated-credential update --id $APP_ID --federated-credential-id main --parameters "
     "'{\"subject\": \"repo:me/app:ref:refs/heads/next\"}'"}};
constexpr Example trust_delete_examples[] = {
    {"Trust it no more",
     "azid ad app federated-credential delete --id $APP_ID --federated-credential-id main"}};
constexpr Example owner_list_examples[] = {{"Who owns it", "azid ad app owner list --id $APP_ID -o table"}};
constexpr Example owner_add_examples[] = {
    {"One more owner", "azid ad app owner add --id $APP_ID --owner-object-id $USER_ID"}};
constexpr Example owner_remove_examples[] = {
    {"One owner less", "azid ad app owner remove --id $APP_ID --owner-object-id $USER_ID"}};
constexpr Example permission_add_examples[] = {
    {"Ask for the app role Directory.Read.All of Microsoft Graph",
     "azid ad app permission add --id $APP_ID --api 00000003-0000-0000-c000-000000000000 --api-permissions "
     "7ab1d382-f21e-4acd-a863-ba3e13f7da61=Role"}};
constexpr Example permission_delete_examples[] = {
    {"Ask nothing of Microsoft Graph any more",
     "azid ad app permission delete --id $APP_ID --api 00000003-0000-0000-c000-000000000000"}};
constexpr Example permission_list_examples[] = {
    {"What an application asks for", "azid ad app permission list --id $APP_ID"}};
constexpr Example permission_grant_examples[] = {{"Consent for all users",
                                                  "azid ad app permission grant --id $APP_ID --api "
                                                  "00000003-0000-0000-c000-000000000000 --scope User.Read"}};
constexpr Example permission_grants_examples[] = {
    {"What was consented to", "azid ad app permission list-grants --id $APP_ID"}};
constexpr Example permission_consent_examples[] = {
    {"Consent to all it asks for", "azid ad app permission admin-consent --id $APP_ID"}};

constexpr Command table[] = {
    {.name = "ad app create",
     .summary = "Register an application in the directory.",
     .options = packed<app_create_options>,
     .run = commands::ad_app_create,
     .examples = app_create_examples,
     .details =
         "Where one of the same display name exists it is changed instead. Tokens for the application can "
         "be asked for once it has a service principal: see 'ad sp create'."},
    {.name = "ad app show",
     .summary = "Show an application.",
     .options = packed<app_one_options>,
     .run = commands::ad_app_show,
     .examples = app_show_examples,
     .reads = true},
    {.name = "ad app list",
     .summary = "List applications.",
     .options = packed<app_list_options>,
     .run = commands::ad_app_list,
     .examples = app_list_examples,
     .table = "[].{DisplayName:displayName, Id:id, AppId:appId, CreatedDateTime:createdDateTime}",
     .reads = true},
    {.name = "ad app update",
     .summary = "Change an application.",
     .options = packed<app_update_options>,
     .run = commands::ad_app_update,
     .examples = app_update_examples},
    {.name = "ad app delete",
     .summary = "Delete an application and its service principal.",
     .options = packed<app_one_options>,
     .run = commands::ad_app_delete,
     .examples = app_delete_examples},
    {.name = "ad app federated-credential create",
     .summary = "Let tokens of another issuer stand for the application's secret.",
     .options = packed<trust_create_options>,
     .run = commands::ad_app_federated_create,
     .examples = trust_create_examples},
    {.name = "ad app federated-credential show",
     .summary = "Show a federated credential of an application.",
     .options = packed<trust_one_options>,
     .run = commands::ad_app_federated_show,
     .examples = trust_show_examples,
     .reads = true},
    {.name = "ad app federated-credential list",
     .summary = "List the federated credentials of an application.",
     .options = packed<trust_list_options>,
     .run = commands::ad_app_federated_list,
     .examples = trust_list_examples,
     .reads = true},
    {.name = "ad app federated-credential update",
     .summary = "Change a federated credential of an application.",
     .options = packed<trust_update_options>,
     .run = commands::ad_app_federated_update,
     .examples = trust_update_examples},
    {.name = "ad app federated-credential delete",
     .summary = "Delete a federated credential of an application.",
     .options = packed<trust_one_options>,
     .run = commands::ad_app_federated_delete,
     .examples = trust_delete_examples},
    {.name = "ad app owner list",
     .summary = "List an application's owners.",
     .options = packed<app_one_options>,
     .run = commands::ad_app_owner_list,
     .examples = owner_list_examples,
     .reads = true},
    {.name = "ad app owner add",
     .summary = "Add an owner to an application.",
     .options = packed<owner_options>,
     .run = commands::ad_app_owner_add,
     .examples = owner_add_examples},
    {.name = "ad app owner remove",
     .summary = "Take an owner off an application.",
     .options = packed<owner_options>,
     .run = commands::ad_app_owner_remove,
     .examples = owner_remove_examples},
    {.name = "ad app permission add",
     .summary = "Add permissions to those that an application asks of an API.",
     .options = packed<permission_add_options>,
     .run = commands::ad_app_permission_add,
     .examples = permission_add_examples,
     .details = "Asking gives nothing yet: see 'ad app permission admin-consent'."},
    {.name = "ad app permission delete",
     .summary = "Take permissions from those that an application asks of an API.",
     .options = packed<permission_delete_options>,
     .run = commands::ad_app_permission_delete,
     .examples = permission_delete_examples},
    {.name = "ad app permission list",
     .summary = "List the permissions that an application asks for.",
     .options = packed<app_one_options>,
     .run = commands::ad_app_permission_list,
     .examples = permission_list_examples,
     .reads = true},
    {.name = "ad app permission grant",
     .summary = "Consent to delegated permissions of an application.",
     .options = packed<permission_grant_options>,
     .run = commands::ad_app_permission_grant,
     .examples = permission_grant_examples,
     .details = "azid keeps and shows the consent; its users sign in to every API without being asked."},
    {.name = "ad app permission list-grants",
     .summary = "List the delegated permissions that were consented to.",
     .options = packed<permission_grants_options>,
     .run = commands::ad_app_permission_list_grants,
     .examples = permission_grants_examples,
     .reads = true},
    {.name = "ad app permission admin-consent",
     .summary = "Consent to all permissions that an application asks for.",
     .options = packed<app_one_options>,
     .run = commands::ad_app_permission_admin_consent,
     .examples = permission_consent_examples,
     .details = "Its service principal gets the app roles, which stand in its tokens from then on."},
};
static_assert(fault_of(table).empty());

}  // namespace

Table ad_app_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
