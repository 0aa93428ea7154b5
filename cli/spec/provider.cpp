#include "cli/commands/provider.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option name{.names = "--namespace -n",
                      .key = "resource_provider_namespace",
                      .help = "Resource provider, such as Microsoft.Compute",
                      .required = true};
constexpr Option expand{.names = "--expand", .key = "expand", .help = "What to show besides"};

constexpr Option list_options[] = {subscription, expand};
constexpr Option show_options[] = {subscription, name, expand};
constexpr Option register_options[] = {
    subscription,
    name,
    {.names = "--consent-to-permissions -c",
     .key = "consent_to_permissions",
     .help = "Agree to what the provider may do in the subscription",
     .arity = Arity::flag,
     .status = Status::refused,
     .why = "None of the providers that azid knows asks for consent."},
    {.names = "--management-group-id -m",
     .key = "mg",
     .help = "Management group to register the provider in",
     .status = Status::refused,
     .why = "azid registers providers in one subscription at a time."},
    {.names = "--wait",
     .key = "wait",
     .help = "Come back when the registration is done",
     .arity = Arity::flag},
    {.names = "--accept-terms",
     .key = "accept_terms",
     .help = "Agree to the terms of the provider",
     .arity = Arity::flag,
     .status = Status::refused,
     .why = "None of the providers that azid knows has terms to agree to.",
     .stage = Stage::preview},
};
constexpr Option unregister_options[] = {
    subscription,
    name,
    {.names = "--wait", .key = "wait", .help = "Come back when it is done", .arity = Arity::flag}};
constexpr Option operation_list_options[] = {subscription};
constexpr Option operation_show_options[] = {subscription, name};

constexpr Example list_examples[] = {
    {"Those that are registered",
     "azid provider list --query \"[?registrationState=='Registered'].namespace\" -o tsv"}};
constexpr Example show_examples[] = {
    {"Types of a provider",
     "azid provider show -n Microsoft.Network --query 'resourceTypes[].resourceType' -o tsv"}};
constexpr Example register_examples[] = {
    {"Register and wait for it", "azid provider register -n Microsoft.ContainerService --wait"}};
constexpr Example unregister_examples[] = {
    {"Do without a provider", "azid provider unregister -n Microsoft.ContainerService"}};
constexpr Example operation_list_examples[] = {
    {"How many operations each provider has",
     "azid provider operation list --query '[].{name:name, types:length(resourceTypes)}' -o table"}};
constexpr Example operation_show_examples[] = {{"Words for a role's data actions",
                                                "azid provider operation show -n Microsoft.KeyVault --query "
                                                "'resourceTypes[].operations[?isDataAction][].name' -o tsv"}};

constexpr std::string_view whose_operations =
    "Shown are the operations of what azid serves, and those that built-in roles name.";

constexpr Command table[] = {
    {.name = "provider list",
     .summary = "List the resource providers of the subscription.",
     .options = packed<list_options>,
     .run = commands::provider_list,
     .examples = list_examples,
     .reads = true},
    {.name = "provider operation list",
     .summary = "List the operations of all providers.",
     .options = packed<operation_list_options>,
     .run = commands::provider_operation_list,
     .examples = operation_list_examples,
     .details = whose_operations,
     .reads = true},
    {.name = "provider operation show",
     .summary = "Show the operations of a provider.",
     .options = packed<operation_show_options>,
     .run = commands::provider_operation_show,
     .examples = operation_show_examples,
     .details = whose_operations,
     .reads = true},
    {.name = "provider register",
     .summary = "Register the subscription to use a resource provider.",
     .options = packed<register_options>,
     .run = commands::provider_register,
     .examples = register_examples,
     .details = "All providers that azid serves are registered from the beginning."},
    {.name = "provider show",
     .summary = "Show a resource provider and its types.",
     .options = packed<show_options>,
     .run = commands::provider_show,
     .examples = show_examples,
     .reads = true},
    {.name = "provider unregister",
     .summary = "End the subscription's use of a resource provider.",
     .options = packed<unregister_options>,
     .run = commands::provider_unregister,
     .examples = unregister_examples},
};
static_assert(fault_of(table).empty());

}  // namespace

Table provider_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
