#include "cli/commands/token.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option token_text{.names = "--token -t",
                            .key = "token",
                            .help =
                                "The token; @file and @- read it from elsewhere, without the option it is "
                                "read from standard input"};

constexpr Option get_options[] = {
    subscription,
    described(optional(resource_group), "Resource group of the machine"),
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the machine; without -g and -n the one whose id is in AZID_VM",
     .id_part = "name",
     .completes = "vm"},
    {.names = "--app", .key = "app", .help = "Web app or function app of the group, in place of a machine"},
    {.names = "--resource",
     .key = "resource",
     .help = "What the token is for, such as https://vault.azure.net",
     .required = true},
    {.names = "--client-id", .key = "client_id", .help = "Client id of the identity to use"},
    {.names = "--object-id", .key = "object_id", .help = "Object id (principal id) of the identity to use"},
    {.names = "--mi-res-id", .key = "mi_res_id", .help = "Resource id of the user-assigned identity to use"},
    endpoint,
    {.names = "--bypass-cache",
     .key = "bypass_cache",
     .help = "Get a new token even where the metadata service still holds one",
     .arity = Arity::flag},
};
constexpr Option decode_options[] = {token_text};
constexpr Option verify_options[] = {
    subscription,
    token_text,
    {.names = "--audience",
     .key = "audience",
     .help = "The audience that the token must have, to the letter"},
    {.names = "--role", .key = "role", .help = "An app role that the token must hold"},
};
constexpr Option certificate_options[] = {
    subscription,
    {.names = "--identity --id",
     .key = "identity",
     .help =
         "The identity's object id (principal id), client id, or resource id; for a system-assigned one its "
         "machine's resource id",
     .required = true},
};
constexpr Option issuer{
    .names = "--issuer", .key = "issuer", .help = "URL of the issuer, as in its tokens", .required = true};
constexpr Option issuer_options[] = {issuer};
constexpr Option issuer_add_options[] = {
    issuer,
    {.names = "--keys",
     .key = "keys",
     .help = "File with its public keys: a JSON Web Key Set, or PEM",
     .required = true,
     .completes = "file"},
};
constexpr Option keys_options[] = {subscription};

constexpr Example get_examples[] = {
    {"A token for Key Vault, as code in the machine gets it",
     "azid token get -g rg -n web --resource https://vault.azure.net"},
    {"By one of several identities",
     "azid token get -g rg -n web --resource https://management.azure.com/ --client-id $CLIENT_ID"},
    {"Just the token",
     "azid token get -g rg -n web --resource https://vault.azure.net --query access_token -o tsv"}};
constexpr Example decode_examples[] = {
    {"What a token says", "azid token decode --token $TOKEN"},
    {"Whom it is for", "azid token decode --token $TOKEN --query claims.aud"}};
constexpr Example verify_examples[] = {
    {"Is the token good for the vault",
     "azid token verify --token $TOKEN --audience https://vault.azure.net"}};
constexpr Example certificate_examples[] = {
    {"Look at it with openssl",
     "azid token certificate --identity $CLIENT_ID --query pem -o tsv | openssl x509 -noout -text"}};
constexpr Example keys_examples[] = {{"Keys for a JWT library", "azid token keys > jwks.json"}};

constexpr Example issuer_add_examples[] = {
    {"Keys of GitHub's workflows, which it publishes at /.well-known/jwks",
     "azid token issuer add --issuer https://token.actions.githubusercontent.com --keys jwks.json"}};
constexpr Example issuer_list_examples[] = {{"All whose keys are known", "azid token issuer list"}};
constexpr Example issuer_remove_examples[] = {
    {"Forget an issuer's keys", "azid token issuer remove --issuer https://issuer.example"}};

constexpr Command table[] = {
    {.name = "token get",
     .summary = "Get a token from a machine's metadata service, as code inside it does.",
     .options = packed<get_options>,
     .run = commands::token_get,
     .examples = get_examples,
     .details = "Prints the metadata service's answer; where it refuses, its answer is the error.",
     .own = true,
     .then = commands::token_get_over_network},
    {.name = "token decode",
     .summary = "Take a token apart and explain its claims, without verifying anything.",
     .options = packed<decode_options>,
     .run = commands::token_decode,
     .examples = decode_examples,
     .own = true,
     .stateless = true},
    {.name = "token verify",
     .summary = "Verify a token's signature, issuer, time and audience as a protected resource does.",
     .options = packed<verify_options>,
     .run = commands::token_verify,
     .examples = verify_examples,
     .details =
         "Prints what the token says when it is good; says what is wrong and exits with 1 when it is not.",
     .own = true,
     .reads = true},
    {.name = "token certificate",
     .summary = "Show the certificate by which a managed identity proves itself to Microsoft Entra ID.",
     .options = packed<certificate_options>,
     .run = commands::token_certificate,
     .examples = certificate_examples,
     .details = "In Azure nobody sees it; the directory lists its thumbprint only.",
     .own = true},
    {.name = "token keys",
     .summary = "Print the public keys that tokens are verified with, as a JSON Web Key Set.",
     .options = packed<keys_options>,
     .run = commands::token_keys,
     .examples = keys_examples,
     .own = true},
    {.name = "token issuer add",
     .summary = "Give azid the public keys of an issuer that federated credentials trust.",
     .options = packed<issuer_add_options>,
     .run = commands::token_issuer_add,
     .examples = issuer_add_examples,
     .details =
         "Microsoft Entra ID fetches them from the issuer; azid asks no network. Keys that were known of "
         "the issuer are replaced.",
     .own = true},
    {.name = "token issuer list",
     .summary = "List the issuers whose keys are known.",
     .run = commands::token_issuer_list,
     .examples = issuer_list_examples,
     .own = true,
     .reads = true},
    {.name = "token issuer remove",
     .summary = "Forget the keys of an issuer.",
     .options = packed<issuer_options>,
     .run = commands::token_issuer_remove,
     .examples = issuer_remove_examples,
     .own = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table token_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
