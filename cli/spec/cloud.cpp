#include "cli/commands/cloud.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {
namespace {

constexpr Option which{.names = "--name -n",
                       .key = "cloud_name",
                       .help = "Name of a registered cloud",
                       .fallback = "AzureCloud"};

constexpr Option show_options[] = {which};
constexpr Option set_options[] = {
    {.names = "--name -n", .key = "cloud_name", .help = "Name of a registered cloud", .required = true},
    {.names = "--profile",
     .key = "profile",
     .help = "Set of API versions; there is one",
     .choices = "latest"},
};
constexpr Option profiles_options[] = {
    which,
    {.names = "--show-all",
     .key = "show_all",
     .help = "All that there are, which is one",
     .arity = Arity::flag},
};

constexpr Example list_examples[] = {{"Which clouds az knows", "azid cloud list --query '[].name'"}};
constexpr Example show_examples[] = {
    {"The host of the token service", "azid cloud show --query endpoints.activeDirectory -o tsv"}};
constexpr Example set_examples[] = {
    {"Work in the public cloud, the only one there is here", "azid cloud set --name AzureCloud"}};
constexpr Example profiles_examples[] = {{"List the profiles", "azid cloud list-profiles"}};

constexpr Command table[] = {
    {.name = "cloud list",
     .summary = "List the clouds that az knows.",
     .run = commands::cloud_list,
     .examples = list_examples,
     .stateless = true},
    {.name = "cloud show",
     .summary = "Show a cloud's endpoints.",
     .options = packed<show_options>,
     .run = commands::cloud_show,
     .examples = show_examples,
     .stateless = true},
    {.name = "cloud set",
     .summary = "Choose the cloud to work in.",
     .options = packed<set_options>,
     .run = commands::cloud_set,
     .examples = set_examples,
     .details = "azid imitates the public cloud, AzureCloud; any other is refused.",
     .stateless = true},
    {.name = "cloud list-profiles",
     .summary = "List a cloud's profiles.",
     .options = packed<profiles_options>,
     .run = commands::cloud_list_profiles,
     .examples = profiles_examples,
     .stateless = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table cloud_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
