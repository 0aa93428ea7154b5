#include "cli/commands/state.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option init_options[] = {
    {.names = "--force",
     .key = "force",
     .help = "Begin anew where there is a state already; all that it holds is lost",
     .arity = Arity::flag},
    {.names = "--subscription-name", .key = "subscription_name", .help = "Name of the subscription"},
    {.names = "--tenant-domain",
     .key = "tenant_domain",
     .help = "Domain of the tenant, such as contoso.onmicrosoft.com"},
    {.names = "--seed",
     .key = "seed",
     .help = "A text from which all ids, secrets and keys are drawn, so that the same commands give the same "
             "again; "
             "in place of AZID_SEED"},
};

constexpr Example init_examples[] = {
    {"A state of one's own for a lesson", "azid state init --state lesson.db --subscription-name Lesson"},
    {"Begin anew", "azid state init --force"},
    {"The same ids, secrets and keys in every run", "azid state init --state lesson.db --seed lesson-3"}};
constexpr Example show_examples[] = {{"What the state holds", "azid state show"}};
constexpr Example path_examples[] = {{"The path alone, as a script wants it", "azid state path -o tsv"}};

constexpr Command table[] = {
    {.name = "state init",
     .summary = "Make a new state file: a tenant, a subscription, an administrator, the built-in roles.",
     .options = init_options,
     .run = commands::state_init,
     .examples = init_examples,
     .details = "Every other command makes the file too where there is none; this one lets you choose names.",
     .own = true,
     .stateless = true},
    {.name = "state show",
     .summary = "Show where the state file is and what it holds.",
     .run = commands::state_show,
     .examples = show_examples,
     .details = "All changes are in the one file afterwards, so that a copy of it is whole.",
     .own = true,
     .stateless = true},
    {.name = "state path",
     .summary = "Print the path of the state file.",
     .run = commands::state_path,
     .examples = path_examples,
     .details = "All changes are in the one file afterwards, so that a copy of it is whole.",
     .own = true,
     .stateless = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table state_commands() { return table; }

}  // namespace azid::spec
