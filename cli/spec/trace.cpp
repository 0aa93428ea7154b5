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
constexpr Example list_examples[] = {
    {"What was done lately, and what became of it", "azid trace list -o table"}};
constexpr Example show_examples[] = {
    {"What the last command set in motion, in words", "azid trace show -o text"},
    {"The last seven as a drawing, each message with its headers, claims and certificate",
     "azid trace show --last 7 -o html > trace.html"},
    {"The assertion with which a machine proved itself",
     "azid trace show --query \"[?what=='client assertion signed'].details.header\""}};

constexpr Command table[] = {
    {.name = "trace list",
     .summary = "List the latest commands and requests that set something in motion.",
     .options = list_options,
     .run = commands::trace_list,
     .examples = list_examples,
     .table = "[].{No:number, At:at, Caller:caller, What:line, Outcome:code || status, "
              "CorrelationId:correlationId}",
     .details = "The newest thousand are kept. Reading alone leaves no trace, but for tokens, secrets, keys "
                "and blobs, and but for what code in a machine reads with its identity.",
     .own = true,
     .reads = true,
     .raw = true},
    {.name = "trace show",
     .summary = "Show what the systems did for the last commands, step by step.",
     .options = show_options,
     .run = commands::trace_show,
     .examples = show_examples,
     .table = "[].{Step:step, Doc:documentStep, From:from, To:to, What:what, Subject:subject}",
     .own = true,
     .reads = true,
     .raw = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table trace_commands() { return table; }

}  // namespace azid::spec
