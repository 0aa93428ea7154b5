#include "cli/commands/settings.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "core/settings/table.hpp"

#include <array>

namespace azid::spec {

namespace {

// "name = allowed, otherwise default: meaning" of every setting, made once by the compiler.
struct Description {
    std::array<char, 4000> text{};
    std::size_t size = 0;

    constexpr void add(std::string_view piece) {
        for (const char c : piece) text[size++] = c;
    }
};

constexpr Description described() {
    Description all;
    for (const settings::Setting& setting : settings::table) {
        if (all.size > 0) all.add(" ");
        all.add(setting.name);
        all.add("=");
        all.add(setting.allowed);
        all.add(" (");
        all.add(setting.fallback);
        all.add("): ");
        all.add(setting.meaning);
    }
    return all;
}

constexpr Description description = described();
constexpr std::string_view every_setting{description.text.data(), description.size};

constexpr Option show_options[] = {{.names = "name",
                                    .key = "name",
                                    .help = "Name of the setting",
                                    .required = true,
                                    .completes = "setting"}};
constexpr Option set_options[] = {{.names = "changes",
                                   .key = "changes",
                                   .help = "What to change, as NAME=VALUE",
                                   .arity = Arity::some,
                                   .required = true,
                                   .completes = "setting-value"}};
constexpr Option reset_options[] = {{.names = "names",
                                     .key = "names",
                                     .help = "Which settings; without any name all of them",
                                     .arity = Arity::any,
                                     .completes = "setting"}};

constexpr Example list_examples[] = {{"What can be set, and what is", "azid settings list -o table"}};
constexpr Example show_examples[] = {
    {"One value, as a script wants it", "azid settings show entra.replication --query value -o tsv"}};
constexpr Example set_examples[] = {{"New service principals are not found for half a minute",
                                     "azid settings set entra.replication=seeded:30"},
                                    {"Role assignments take ten minutes, and too many requests are refused",
                                     "azid settings set rbac.propagation=seeded:600 throttle=on"}};
constexpr Example reset_examples[] = {{"Everything as from the beginning", "azid settings reset"},
                                      {"One setting", "azid settings reset throttle"}};

constexpr std::string_view columns = "[].{Name:name, Value:value, Allowed:allowed, Meaning:meaning}";

constexpr Command table[] = {
    {.name = "settings list",
     .summary = "List how the simulated Azure behaves, and what else could be chosen.",
     .run = commands::settings_list,
     .examples = list_examples,
     .table = columns,
     .details = every_setting,
     .own = true,
     .anonymous = true,
     .reads = true,
     .raw = true},
    {.name = "settings show",
     .summary = "Show one setting.",
     .options = packed<show_options>,
     .run = commands::settings_show,
     .examples = show_examples,
     .own = true,
     .anonymous = true,
     .reads = true,
     .raw = true},
    {.name = "settings set",
     .summary = "Change how the simulated Azure behaves.",
     .options = packed<set_options>,
     .run = commands::settings_set,
     .examples = set_examples,
     .table = columns,
     .details = every_setting,
     .own = true,
     .anonymous = true,
     .raw = true},
    {.name = "settings reset",
     .summary = "Set settings back to their defaults.",
     .options = packed<reset_options>,
     .run = commands::settings_reset,
     .examples = reset_examples,
     .own = true,
     .anonymous = true,
     .raw = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table settings_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
