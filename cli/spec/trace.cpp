#include "cli/commands/trace.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option show_options[] = {
    {.names = "--last",
     .key = "last",
     .help = "How many of the latest commands that changed something",
     .fallback = "1",
     .type = ValueType::integer,
     .own = true},
};
constexpr Example show_examples[] = {
    {"What the last command set in motion", "azid trace show -o table"},
    {"The assertion with which a machine proved itself",
     "azid trace show --query \"[?what=='client assertion signed'].details.header\""}};

constexpr Command table[] = {
    {.name = "trace show",
     .summary = "Show what the systems did for the last commands, step by step.",
     .options = show_options,
     .run = commands::trace_show,
     .examples = show_examples,
     .table = "[].{Step:step, System:system, What:what, Subject:subject}",
     .own = true,
     .reads = true,
     .raw = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table trace_commands() { return table; }

}  // namespace azid::spec
