#include "cli/commands/federated_credential.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option group{.names = "--resource-group -g",
                       .key = "resource_group",
                       .help = "Resource group of the identity",
                       .required = true,
                       .configured = "group",
                       .id_part = "resource_group",
                       .completes = "group"};
constexpr Option identity_name{.names = "--identity-name",
                               .key = "identity_name",
                               .help = "Name of the user-assigned identity",
                               .required = true,
                               .completes = "identity"};
constexpr Option name{.names = "-n --name",
                      .key = "name",
                      .help = "Name of the credential: 3 to 120 letters, digits, '-' and '_'",
                      .required = true};
constexpr Option issuer{.names = "--issuer",
                        .key = "issuer",
                        .help = "URL of the issuer whose tokens are taken, compared to the letter",
                        .section = "Properties"};
constexpr Option subject{.names = "--subject",
                         .key = "subject",
                         .help = "Subject that those tokens must have, compared to the letter",
                         .section = "Properties"};
constexpr Option audiences{.names = "--audiences",
                           .key = "audiences",
                           .help = "The one audience that those tokens must have",
                           .arity = Arity::some,
                           .section = "Properties"};
constexpr Option expression{.names = "--cme-value --claims-matching-expression-value",
                            .key = "claims_matching_expression_value",
                            .help = "Expression that the token's claims must match, in place of a subject",
                            .section = "ClaimsMatchingExpression",
                            .stage = Stage::preview};
constexpr Option expression_version{.names = "--cme-version --claims-matching-expression-version",
                                    .key = "claims_matching_expression_version",
                                    .help = "Version of the expression's language: 1",
                                    .section = "ClaimsMatchingExpression",
                                    .type = ValueType::integer,
                                    .stage = Stage::preview};
constexpr std::string_view no_pages = "azid's lists have one page: use --max-items and --next-token.";

constexpr Option create_options[] = {subscription, name,      group,  identity_name, expression_version,
                                     expression,   audiences, issuer, subject};
constexpr Option update_options[] = {
    subscription,       add,        set,       remove, aaz_force_string, name, group, identity_name,
    expression_version, expression, audiences, issuer, subject};
constexpr Option one_options[] = {subscription, name, group, identity_name};
constexpr Option delete_options[] = {subscription, name, group, identity_name, yes};
constexpr Option list_options[] = {
    subscription,
    next_token,
    max_items,
    group,
    identity_name,
    {.names = "--skiptoken",
     .key = "skiptoken",
     .help = "Where to go on listing",
     .status = Status::refused,
     .why = no_pages},
    {.names = "--top",
     .key = "top",
     .help = "How many the service puts on a page; all pages are listed",
     .type = ValueType::integer},
};

constexpr Example create_examples[] = {
    {"Trust a workflow on the main branch of a GitHub repository",
     "azid identity federated-credential create -g rg --identity-name app -n main --issuer "
     "https://token.actions.githubusercontent.com --subject repo:me/app:ref:refs/heads/main"}};
constexpr Example update_examples[] = {
    {"Trust another branch",
     "azid identity federated-credential update -g rg --identity-name app -n main --subject "
     "repo:me/app:ref:refs/heads/next"}};
constexpr Example show_examples[] = {
    {"Whom the credential trusts",
     "azid identity federated-credential show -g rg --identity-name app -n main --query issuer"}};
constexpr Example list_examples[] = {
    {"All of an identity", "azid identity federated-credential list -g rg --identity-name app -o table"}};
constexpr Example delete_examples[] = {
    {"Without being asked",
     "azid identity federated-credential delete -g rg --identity-name app -n main --yes"}};

constexpr Command table[] = {
    {.name = "identity federated-credential create",
     .summary = "Let an identity be used by whoever holds a certain token of another issuer.",
     .options = packed<create_options>,
     .run = commands::federated_credential_create,
     .examples = create_examples,
     .details = "Without --audiences the audience is api://AzureADTokenExchange.",
     .aaz = true},
    {.name = "identity federated-credential update",
     .summary = "Change which tokens of another issuer an identity takes.",
     .options = packed<update_options>,
     .run = commands::federated_credential_update,
     .examples = update_examples,
     .aaz = true},
    {.name = "identity federated-credential show",
     .summary = "Show a federated credential of an identity.",
     .options = packed<one_options>,
     .run = commands::federated_credential_show,
     .examples = show_examples,
     .aaz = true,
     .reads = true},
    {.name = "identity federated-credential list",
     .summary = "List the federated credentials of an identity.",
     .options = packed<list_options>,
     .run = commands::federated_credential_list,
     .examples = list_examples,
     .aaz = true,
     .reads = true},
    {.name = "identity federated-credential delete",
     .summary = "Delete a federated credential of an identity.",
     .options = packed<delete_options>,
     .run = commands::federated_credential_delete,
     .examples = delete_examples,
     .confirm = "Are you sure you want to perform this operation?",
     .aaz = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table federated_credential_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
