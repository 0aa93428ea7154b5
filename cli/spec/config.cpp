#include "cli/commands/config.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"

namespace azid::spec {
namespace {

constexpr std::string_view no_local_file =
    "azid keeps settings in its state file, and none in the working folder.";

constexpr Option local(std::string_view help) {
    return {.names = "--local",
            .key = "local",
            .help = help,
            .arity = Arity::flag,
            .status = Status::refused,
            .why = no_local_file};
}

constexpr Option configure_options[] = {
    {.names = "--defaults -d",
     .key = "defaults",
     .help = "Values for options that are not given, as name=value; name= takes one away",
     .arity = Arity::some},
    {.names = "--list-defaults -l",
     .key = "list_defaults",
     .help = "List the values that are set",
     .arity = Arity::three_state},
    {.names = "--scope",
     .key = "scope",
     .help = "Where they are kept; azid has only global ones, in its state",
     .choices = "global local",
     .fallback = "global"},
};
constexpr Option get_options[] = {
    {.names = "key", .key = "key", .help = "Section, or section.name", .arity = Arity::optional},
    local("Also what is set for the working folder"),
};
constexpr Option set_options[] = {
    {.names = "key_value",
     .key = "key_value",
     .help = "Settings as section.name=value",
     .arity = Arity::some,
     .required = true},
    local("Set it for the working folder"),
};
constexpr Option unset_options[] = {
    {.names = "key",
     .key = "key",
     .help = "Settings as section.name",
     .arity = Arity::some,
     .required = true},
    local("Also what is set for the working folder"),
};

constexpr Example configure_examples[] = {
    {"Leave -g and -l out from now on", "azid configure --defaults group=rg location=westeurope"},
    {"Take one of them away", "azid configure --defaults group=''"},
    {"What is set", "azid configure --list-defaults -o table"},
};
constexpr Example get_examples[] = {
    {"All settings", "azid config get"},
    {"The output format alone", "azid config get core.output --query value -o tsv"},
};
constexpr Example set_examples[] = {
    {"Print tables from now on", "azid config set core.output=table"},
    {"Ask for no confirmation", "azid config set core.disable_confirm_prompt=true"},
};
constexpr Example unset_examples[] = {{"Print JSON again", "azid config unset core.output"}};

constexpr Command table[] = {
    {.name = "configure",
     .summary = "Set values for options that are not given.",
     .options = packed<configure_options>,
     .run = commands::configure,
     .examples = configure_examples,
     .details =
         "They are kept in the state file. The variables AZURE_DEFAULTS_GROUP, AZURE_DEFAULTS_LOCATION "
         "and so on come before them, and what is written on the line before both.",
     .anonymous = true},
    {.name = "config get",
     .summary = "Show settings.",
     .options = packed<get_options>,
     .run = commands::config_get,
     .examples = get_examples,
     .anonymous = true,
     .reads = true,
     .raw = true},
    {.name = "config set",
     .summary = "Change settings.",
     .options = packed<set_options>,
     .run = commands::config_set,
     .examples = set_examples,
     .details =
         "azid acts on core.output, core.no_color, core.only_show_errors, core.disable_confirm_prompt and "
         "on all of defaults; others are kept and shown.",
     .anonymous = true},
    {.name = "config unset",
     .summary = "Take settings away.",
     .options = packed<unset_options>,
     .run = commands::config_unset,
     .examples = unset_examples,
     .anonymous = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table config_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
