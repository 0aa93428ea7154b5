#include "cli/commands/account.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option which{.names = "--subscription -s --name -n",
                       .key = "subscription",
                       .help = "Name or id of a subscription",
                       .completes = "subscription"};

constexpr Option show_options[] = {which};
constexpr Option list_options[] = {
    {.names = "--all",
     .key = "all",
     .help = "Also subscriptions that are not in the state Enabled",
     .arity = Arity::flag},
    {.names = "--refresh",
     .key = "refresh",
     .help = "Look again which subscriptions those signed in can see",
     .arity = Arity::flag},
};
constexpr Option set_options[] = {required(which)};

constexpr Option login_options[] = {
    {.names = "--username -u",
     .key = "username",
     .help = "A user's principal name, or a service principal's client id"},
    {.names = "--password -p",
     .key = "password",
     .help = "The user's password, or the application's client secret"},
    {.names = "--tenant -t", .key = "tenant", .help = "Tenant to sign in to, by id or domain"},
    {.names = "--scope",
     .key = "scopes",
     .help = "Scopes to consent to",
     .arity = Arity::some,
     .status = Status::refused,
     .why = "azid asks nobody for consent: a sign-in is good for every API of the tenant."},
    {.names = "--allow-no-subscriptions",
     .key = "allow_no_subscriptions",
     .help = "Sign in even where no subscription is visible, to the tenant alone",
     .arity = Arity::flag},
    {.names = "--use-device-code",
     .key = "use_device_code",
     .help = "Sign in with a code on another device",
     .arity = Arity::flag,
     .status = Status::refused,
     .why = "There is no other device to sign in from: plain 'azid login' signs the administrator in."},
    {.names = "--service-principal",
     .key = "service_principal",
     .help = "The credential is a service principal's",
     .arity = Arity::flag},
    {.names = "--certificate",
     .key = "certificate",
     .help = "PEM file with the service principal's certificate and private key",
     .completes = "file"},
    {.names = "--use-cert-sn-issuer",
     .key = "use_cert_sn_issuer",
     .help = "Send the certificate's chain too",
     .arity = Arity::flag,
     .status = Status::refused,
     .why = "azid knows certificates by their thumbprint only, not by subject name and issuer."},
    {.names = "--federated-token",
     .key = "client_assertion",
     .help = "Another issuer's token that the service principal's federated credential trusts"},
    {.names = "-i --identity",
     .key = "identity",
     .help = "Sign in as a managed identity of the machine that AZID_VM names",
     .arity = Arity::flag,
     .section = "Managed Identity"},
    {.names = "--client-id",
     .key = "client_id",
     .help = "Client id of the user-assigned identity",
     .section = "Managed Identity"},
    {.names = "--object-id",
     .key = "object_id",
     .help = "Object id of the user-assigned identity",
     .section = "Managed Identity"},
    {.names = "--resource-id",
     .key = "resource_id",
     .help = "Resource id of the user-assigned identity",
     .section = "Managed Identity"},
    {.names = "--as",
     .key = "as",
     .help = "Become this user or service principal without any proof: a UPN, a client id or an object id",
     .own = true},
};
constexpr Option logout_options[] = {
    {.names = "--username", .key = "username", .help = "Account to sign out; without it the current one"},
};

constexpr Example show_examples[] = {{"The subscription in use", "azid account show --query name -o tsv"}};
constexpr Example list_examples[] = {{"Who is signed in where", "azid account list -o table"}};
constexpr Example set_examples[] = {
    {"Work in another subscription", "azid account set --subscription Lessons"}};
constexpr Example clear_examples[] = {{"Forget every account", "azid account clear"}};
constexpr Example login_examples[] = {
    {"As the administrator that every state begins with", "azid login"},
    {"As a user", "azid login -u ann@contoso.onmicrosoft.com -p 'Passw0rd!x'"},
    {"As an application",
     "azid login --service-principal -u $APP_ID -p $SECRET --tenant contoso.onmicrosoft.com"},
    {"As the managed identity of the machine that AZID_VM names", "azid login --identity"},
    {"As anybody, to see what they may do", "azid login --as ann@contoso.onmicrosoft.com"}};
constexpr Example logout_examples[] = {{"Sign out", "azid logout"}};

constexpr Command table[] = {
    {.name = "account show",
     .summary = "Show the account that commands work with, or that of another subscription.",
     .options = packed<show_options>,
     .run = commands::account_show,
     .examples = show_examples,
     .anonymous = true,
     .reads = true},
    {.name = "account list",
     .summary = "List the accounts signed in, one for each subscription.",
     .options = packed<list_options>,
     .run = commands::account_list,
     .examples = list_examples,
     .table = "[].{Name:name, CloudName:cloudName, SubscriptionId:id, TenantId:tenantId, State:state, "
              "IsDefault:isDefault}",
     .anonymous = true},
    {.name = "account set",
     .summary = "Choose the subscription that commands work in.",
     .options = packed<set_options>,
     .run = commands::account_set,
     .examples = set_examples,
     .anonymous = true},
    {.name = "account clear",
     .summary = "Sign every account out.",
     .run = commands::account_clear,
     .examples = clear_examples,
     .anonymous = true},
    {.name = "login",
     .summary = "Sign in as a user, a service principal or a managed identity.",
     .options = packed<login_options>,
     .run = commands::login,
     .examples = login_examples,
     .details = "Without options the administrator signs in whom the state was made with. A subscription is "
                "visible to "
                "whoever has any role assignment in it.",
     .anonymous = true},
    {.name = "logout",
     .summary = "Sign out.",
     .options = packed<logout_options>,
     .run = commands::logout,
     .examples = logout_examples,
     .anonymous = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table account_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
