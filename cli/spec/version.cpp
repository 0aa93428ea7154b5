#include "cli/commands/version.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"

namespace azid::spec {
namespace {

constexpr Example version_examples[] = {
    {"Print the version of the az that is imitated", "azid version --query '\"azure-cli\"' -o tsv"},
};

constexpr Command table[] = {
    {.name = "version",
     .summary = "Print the versions of azid and of the az it imitates.",
     .run = commands::version,
     .examples = version_examples,
     .stateless = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table version_commands() { return table; }

}  // namespace azid::spec
