#include "cli/commands/trace.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

// In place of the option of every command.
constexpr Option forms{.names = "--output -o",
                       .key = "_output_format",
                       .help = "Form of the result; text, mermaid, svg and html tell or draw it",
                       .choices = "json jsonc yaml yamlc table tsv none text mermaid svg html",
                       .section = "Global",
                       .own = true};

constexpr Option list_options[] = {
    {.names = "--last",
     .key = "last",
     .help = "How many of the latest commands and requests",
     .fallback = "20",
     .type = ValueType::integer,
     .own = true},
};
constexpr Option show_options[] = {
    {.names = "--last",
     .key = "last",
     .help = "How many of the latest commands and requests",
     .fallback = "1",
     .type = ValueType::integer,
     .own = true},
    {.names = "--correlation-id",
     .key = "correlation_id",
     .help = "Of the command or request with this id instead, as the activity log has it",
     .own = true},
    forms,
};
// In place of the option of every command.
constexpr Option map_forms{.names = "--output -o",
                           .key = "_output_format",
                           .help = "Form of the result; mermaid, svg and html draw it",
                           .choices = "json jsonc yaml yamlc table tsv none mermaid svg html",
                           .section = "Global",
                           .own = true};
constexpr Option map_options[] = {
    subscription,
    optional(resource_group),
    {.names = "--scope",
     .key = "scope",
     .help = "Only what is at this scope or below it, or bears on it from above",
     .completes = "scope",
     .own = true},
    map_forms,
};
constexpr Example map_examples[] = {{"As one page to open in a browser", "azid map -o html > map.html"},
                                    {"What bears on one group", "azid map -g rg -o table"},
                                    {"For a document that draws Mermaid", "azid map -o mermaid"}};
constexpr Example list_examples[] = {
    {"What was done lately, and what became of it", "azid trace list -o table"}};
constexpr Example show_examples[] = {
    {"What the last command set in motion, in words", "azid trace show -o text"},
    {"The last seven as a drawing, each message with its headers, claims and certificate",
     "azid trace show --last 7 -o html > trace.html"},
    {"The assertion with which a machine proved itself",
     "azid trace show --query \"[?what=='client assertion signed'].details.header\""}};

constexpr Command table[] = {
    {.name = "map",
     .summary = "Show who can do what: machines, identities, roles and scopes.",
     .options = packed<map_options>,
     .run = commands::map,
     .examples = map_examples,
     .table = "assignments[].{Who:principalName, Kind:principalKind, UsedBy:join(', ', usedBy), Role:role, "
              "Scope:scope}",
     .details =
         "Machines whose own identities have the same roles are drawn as one where there are more than "
         "three of them.",
     .own = true,
     .reads = true,
     .raw = true},
    {.name = "trace list",
     .summary = "List the latest commands and requests that set something in motion.",
     .options = packed<list_options>,
     .run = commands::trace_list,
     .examples = list_examples,
     .table = "[].{No:number, At:at, Caller:caller, What:line, Outcome:code || status, "
              "CorrelationId:correlationId}",
     .details = "At least the newest thousand are kept. Reading alone leaves no trace, but for tokens, "
                "secrets, keys and blobs, and but for what code in a machine reads with its identity.",
     .own = true,
     .reads = true,
     .raw = true},
    {.name = "trace show",
     .summary = "Show what the systems did for the last commands, step by step.",
     .options = packed<show_options>,
     .run = commands::trace_show,
     .examples = show_examples,
     .table = "[].{Step:step, Doc:documentStep, From:from, To:to, What:what, Subject:subject}",
     .own = true,
     .reads = true,
     .raw = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table trace_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
