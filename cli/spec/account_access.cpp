#include "cli/commands/account_access.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option token_options[] = {
    {.names = "--subscription -s --name -n",
     .key = "subscription",
     .help = "Name or id of a subscription, whose account the token is for",
     .completes = "subscription"},
    {.names = "--resource",
     .key = "resource",
     .help = "What the token is for, such as https://vault.azure.net"},
    {.names = "--scope",
     .key = "scopes",
     .help = "The same as a scope, such as https://vault.azure.net/.default",
     .arity = Arity::any},
    {.names = "--resource-type",
     .key = "resource_type",
     .help = "The same by a short name",
     .choices = "oss-rdbms arm aad-graph ms-graph batch media data-lake"},
    {.names = "--tenant -t",
     .key = "tenant",
     .help = "Tenant that the token is of, in place of a subscription"},
};
constexpr Option location_options[] = {
    {.names = "--include-extended-locations",
     .key = "include_extended_locations",
     .help = "Also the edge zones",
     .arity = Arity::three_state,
     .choices = "true t yes y 1 false f no n 0"},
};

constexpr Example token_examples[] = {
    {"A token for Resource Manager", "azid account get-access-token --query accessToken -o tsv"},
    {"One for a vault", "azid account get-access-token --resource https://vault.azure.net"}};
constexpr Example location_examples[] = {
    {"Names to use for --location", "azid account list-locations --query '[].name' -o tsv"}};

constexpr Command table[] = {
    {.name = "account get-access-token",
     .summary = "Get an access token for the account.",
     .options = packed<token_options>,
     .run = commands::account_get_access_token,
     .examples = token_examples,
     .details = "The token is good for what runs on this state alone: 'azid rest', 'azid token verify' and "
                "the like. Azure knows nothing of it.",
     .anonymous = true},
    {.name = "account list-locations",
     .summary = "List the regions of the subscription.",
     .options = packed<location_options>,
     .run = commands::account_list_locations,
     .examples = location_examples,
     .aaz = true,
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table account_access_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
