#include "cli/commands/ad.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr std::string_view no_certificates = "azid's vaults keep no certificates.";

constexpr Option sp_id{.names = "--id",
                       .key = "identifier",
                       .help = "Client id (application id), another of its names, or object id",
                       .required = true};
constexpr Option sp_one_options[] = {sp_id};
constexpr Option sp_create_options[] = {
    {.names = "--id",
     .key = "identifier",
     .help = "Client id, identifier URI or object id of the application",
     .required = true},
};
constexpr Option sp_list_options[] = {
    {.names = "--spn", .key = "spn", .help = "Only the one that has this among its servicePrincipalNames"},
    {.names = "--display-name", .key = "display_name", .help = "Only those whose display name begins so"},
    {.names = "--filter",
     .key = "query_filter",
     .help = "Only those that pass this OData filter, such as \"startswith(displayName,'a')\""},
    {.names = "--show-mine",
     .key = "show_mine",
     .help = "Only those that the signed-in user owns",
     .arity = Arity::flag},
    {.names = "--all",
     .key = "include_all",
     .help = "All of them, beyond the first hundred",
     .arity = Arity::flag},
};
constexpr Option sp_update_options[] = {sp_id, set, add, remove, force_string};

// Credentials, of service principals and applications alike.

constexpr Option create_cert{
    .names = "--create-cert",
    .key = "create_cert",
    .help = "Make a self-signed certificate; it and its private key go into a file in the home folder",
    .arity = Arity::flag,
    .section = "keyCredential"};
constexpr Option cert{
    .names = "--cert",
    .key = "cert",
    .help = "Certificate without private key, in PEM form or as base64 of its DER form; @file reads it",
    .section = "keyCredential"};
constexpr Option keyvault{.names = "--keyvault",
                          .key = "keyvault",
                          .help = "Vault to make the certificate in, or to take it from",
                          .section = "keyCredential",
                          .status = Status::refused,
                          .why = no_certificates};
constexpr Option years{.names = "--years",
                       .key = "years",
                       .help = "For how many years it is good: 1 without it",
                       .section = "Credential",
                       .type = ValueType::integer};
constexpr Option rbac_options[] = {
    {.names = "--display-name --name -n",
     .key = "display_name",
     .help = "What people call it; azure-cli and the time without it",
     .completes = ""},
    {.names = "--service-management-reference",
     .key = "service_management_reference",
     .help = "Reference into a service or asset database",
     .status = Status::recorded},
    {.names = "--create-password",
     .key = "create_password",
     .help = "Make a secret; true when not given",
     .arity = Arity::three_state,
     .choices = "true false",
     .fallback = "true",
     .section = "Credential"},
    years,
    create_cert,
    cert,
    {.names = "--scopes", .key = "scopes", .help = "Where the role is given", .arity = Arity::some},
    {.names = "--role", .key = "role", .help = "Name or id of the role", .completes = "role"},
    {.names = "--sdk-auth --json-auth",
     .key = "show_auth_in_json",
     .help = "Print the credential as JSON for SDKs, with the cloud's endpoints",
     .arity = Arity::three_state,
     .choices = "true false"},
    {.names = "--skip-assignment",
     .key = "skip_assignment",
     .help = "Changes nothing: no role is given without --role and --scopes",
     .arity = Arity::three_state,
     .choices = "true false",
     .hidden = true,
     .retired = "--skip-assignment"},
    keyvault,
};

constexpr Option app_id{.names = "--id",
                        .key = "identifier",
                        .help = "Client id (application id), identifier URI, or object id",
                        .required = true};
constexpr Option key_id{
    .names = "--key-id", .key = "key_id", .help = "Id of the secret or certificate", .required = true};
constexpr Option of_certificates{
    .names = "--cert", .key = "cert", .help = "Certificates, not secrets", .arity = Arity::flag};
constexpr Option end_date{.names = "--end-date",
                          .key = "end_date",
                          .help = "Until when it is good, such as 2030-12-31 or 2030-12-31T11:59:59+00:00",
                          .section = "Credential"};
constexpr Option append{.names = "--append",
                        .key = "append",
                        .help = "Keep the credentials there are",
                        .arity = Arity::flag,
                        .section = "Credential"};
constexpr Option credential_name{
    .names = "--display-name", .key = "display_name", .help = "What people call it", .section = "Credential"};
constexpr Option sp_credentials_options[] = {sp_id, of_certificates};
constexpr Option sp_credential_options[] = {sp_id, key_id, of_certificates};
constexpr Option sp_reset_options[] = {sp_id,    create_cert, cert,   years,
                                       end_date, keyvault,    append, credential_name};
constexpr Option app_credentials_options[] = {app_id, of_certificates};
constexpr Option app_credential_options[] = {app_id, key_id, of_certificates};
constexpr Option app_reset_options[] = {app_id,   create_cert, cert,   years,
                                        end_date, keyvault,    append, credential_name};

constexpr Example show_examples[] = {
    {"The certificate of a managed identity", "azid ad sp show --id $CLIENT_ID --query keyCredentials[0]"},
    {"The object id that belongs to a client id", "azid ad sp show --id $CLIENT_ID --query id -o tsv"}};
constexpr Example list_examples[] = {
    {"All managed identities",
     "azid ad sp list --all --filter \"servicePrincipalType eq 'ManagedIdentity'\""},
    {"Those whose name begins with app", "azid ad sp list --display-name app -o table"}};
constexpr Example delete_examples[] = {
    {"An application's service principal", "azid ad sp delete --id $APP_ID"}};
constexpr Example create_examples[] = {{"Of an application of one's own", "azid ad sp create --id $APP_ID"}};
constexpr Example update_examples[] = {
    {"Let nobody sign in as it", "azid ad sp update --id $APP_ID --set accountEnabled=false"}};
constexpr Example owner_examples[] = {{"Who owns it", "azid ad sp owner list --id $APP_ID"}};
constexpr Example rbac_examples[] = {
    {"With a secret and a role on a group",
     "azid ad sp create-for-rbac -n deploy --role Contributor --scopes "
     "/subscriptions/SUBSCRIPTION_ID/resourceGroups/rg"},
    {"With a certificate", "azid ad sp create-for-rbac -n deploy --create-cert"},
    {"Without any credential", "azid ad sp create-for-rbac -n deploy --create-password false"}};
constexpr Example sp_credentials_examples[] = {
    {"Secrets and until when they are good",
     "azid ad sp credential list --id $APP_ID --query [].[keyId,endDateTime] -o tsv"}};
constexpr Example sp_credential_examples[] = {
    {"One secret less", "azid ad sp credential delete --id $APP_ID --key-id $KEY_ID"}};
constexpr Example sp_reset_examples[] = {
    {"A new secret in place of all others",
     "azid ad sp credential reset --id $APP_ID --query password -o tsv"}};
constexpr Example app_credentials_examples[] = {
    {"An application's certificates", "azid ad app credential list --id $APP_ID --cert"}};
constexpr Example app_credential_examples[] = {
    {"One secret less", "azid ad app credential delete --id $APP_ID --key-id $KEY_ID"}};
constexpr Example app_reset_examples[] = {
    {"One more secret, for a year", "azid ad app credential reset --id $APP_ID --append"}};

constexpr Command table[] = {
    {.name = "ad sp create",
     .summary = "Make the service principal of an application.",
     .options = packed<sp_create_options>,
     .run = commands::ad_sp_create,
     .examples = create_examples},
    {.name = "ad sp create-for-rbac",
     .summary = "Make an application, its service principal and a credential, and give it roles.",
     .options = packed<rbac_options>,
     .run = commands::ad_sp_create_for_rbac,
     .examples = rbac_examples,
     .details = "The secret is shown this once; azid keeps a hash of it.",
     .check = commands::check_create_for_rbac},
    {.name = "ad sp show",
     .summary = "Show a service principal.",
     .options = packed<sp_one_options>,
     .run = commands::ad_sp_show,
     .examples = show_examples,
     .details = "A managed identity's certificate is shown among its keyCredentials; its key is made when it "
                "is first needed, here at the latest.",
     .reads = true},
    {.name = "ad sp list",
     .summary = "List service principals, managed identities among them.",
     .options = packed<sp_list_options>,
     .run = commands::ad_sp_list,
     .examples = list_examples,
     .table = "[].{DisplayName:displayName, Id:id, AppId:appId, CreatedDateTime:createdDateTime}",
     .reads = true},
    {.name = "ad sp update",
     .summary = "Change a service principal.",
     .options = packed<sp_update_options>,
     .run = commands::ad_sp_update,
     .examples = update_examples},
    {.name = "ad sp delete",
     .summary = "Delete an application's service principal.",
     .options = packed<sp_one_options>,
     .run = commands::ad_sp_delete,
     .examples = delete_examples,
     .details =
         "The application stays. A managed identity's service principal goes with its resource and cannot "
         "be deleted here."},
    {.name = "ad sp owner list",
     .summary = "List a service principal's owners.",
     .options = packed<sp_one_options>,
     .run = commands::ad_sp_owner_list,
     .examples = owner_examples,
     .reads = true},
    {.name = "ad sp credential list",
     .summary = "List the secrets or certificates that a service principal has itself.",
     .options = packed<sp_credentials_options>,
     .run = commands::ad_sp_credential_list,
     .examples = sp_credentials_examples,
     .details = "Those of its application are not among them: see 'ad app credential list'.",
     .reads = true},
    {.name = "ad sp credential delete",
     .summary = "Delete a secret or certificate of a service principal.",
     .options = packed<sp_credential_options>,
     .run = commands::ad_sp_credential_delete,
     .examples = sp_credential_examples},
    {.name = "ad sp credential reset",
     .summary = "Make a new secret or certificate of a service principal.",
     .options = packed<sp_reset_options>,
     .run = commands::ad_sp_credential_reset,
     .examples = sp_reset_examples},
    {.name = "ad app credential list",
     .summary = "List an application's secrets or certificates.",
     .options = packed<app_credentials_options>,
     .run = commands::ad_app_credential_list,
     .examples = app_credentials_examples,
     .reads = true},
    {.name = "ad app credential delete",
     .summary = "Delete a secret or certificate of an application.",
     .options = packed<app_credential_options>,
     .run = commands::ad_app_credential_delete,
     .examples = app_credential_examples},
    {.name = "ad app credential reset",
     .summary = "Make a new secret or certificate of an application.",
     .options = packed<app_reset_options>,
     .run = commands::ad_app_credential_reset,
     .examples = app_reset_examples},
};
static_assert(fault_of(table).empty());

}  // namespace

Table ad_sp_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
