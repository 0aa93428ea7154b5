#include "cli/commands/rest.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option options[] = {
    subscription,
    {.names = "--url --uri -u",
     .key = "url",
     .help = "Where the request goes; a path alone goes to Resource Manager, {subscriptionId} is filled in",
     .required = true},
    {.names = "--method -m",
     .key = "method",
     .help = "HTTP method",
     .choices = "head get put post delete options patch",
     .fallback = "get"},
    {.names = "--headers",
     .key = "headers",
     .help = "Headers as key=value, space-separated, or as JSON",
     .arity = Arity::some},
    {.names = "--uri-parameters --url-parameters",
     .key = "uri_parameters",
     .help = "Query parameters as key=value, space-separated, or as JSON",
     .arity = Arity::some},
    {.names = "--body -b", .key = "body", .help = "What to send; @file sends a file's text"},
    {.names = "--skip-authorization-header",
     .key = "skip_authorization_header",
     .help = "Send no token",
     .arity = Arity::flag},
    {.names = "--resource",
     .key = "resource",
     .help = "What the token is for, where the URL does not tell, such as https://vault.azure.net"},
    endpoint,
    {.names = "--output-file",
     .key = "output_file",
     .help = "File to write the answer's body to",
     .completes = "file"},
};

constexpr Example examples[] = {
    {"A resource group, as Resource Manager answers",
     "azid rest --url '/subscriptions/{subscriptionId}/resourceGroups/rg?api-version=2024-11-01'"},
    {"Let a managed identity read the directory",
     "azid rest -m post -u https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments -b "
     "'{\"principalId\":\"...\",\"roleDefinitionId\":\"88d8e3e3-8f55-4a1e-953a-9b9898b8876b\","
     "\"directoryScopeId\":\"/\"}'"},
    {"Try a machine's token on a vault",
     "azid rest -u 'https://kv.vault.azure.net/secrets/s?api-version=7.4' --headers \"Authorization=Bearer "
     "$TOKEN\""}};

constexpr Command table[] = {
    {.name = "rest",
     .summary = "Send a request to Resource Manager, Graph, the login service, a vault or a storage account.",
     .options = packed<options>,
     .run = commands::rest,
     .examples = examples,
     .details = "The request is answered inside azid by what a server would show; only with --endpoint it "
                "goes over the "
                "network. Without an Authorization header a token of the signed-in account is sent.",
     .then = commands::rest_over_network},
};
static_assert(fault_of(table).empty());

}  // namespace

Table rest_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
