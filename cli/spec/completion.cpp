#include "cli/commands/completion.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"

namespace azid::spec {
namespace {

constexpr Option suggest_options[] = {
    {.names = "words",
     .key = "words",
     .help = "The words on the line without the program's name; the last one is being typed",
     .arity = Arity::any},
};
constexpr Option man_options[] = {
    {.names = "words", .key = "words", .help = "The command; azid itself when left out", .arity = Arity::any},
};
constexpr Option completion_options[] = {
    {.names = "shell",
     .key = "shell",
     .help = "The shell that the script is for",
     .required = true,
     .choices = "bash zsh fish powershell"},
};
constexpr Option all_options[] = {
    {.names = "--to",
     .key = "to",
     .help = "Folder below which the files are written",
     .required = true,
     .completes = "file"},
};

constexpr Example suggest_examples[] = {
    {"What may come after vm", "azid completion suggest -- vm ''"},
};
constexpr Example man_examples[] = {
    {"Read the page of a command that is not installed", "azid generate man vm identity assign | man -l -"},
};
constexpr Example completion_examples[] = {
    {"Complete azid in bash from the next login on",
     "azid generate completion bash >~/.local/share/bash-completion/completions/azid"},
};
constexpr Example coverage_examples[] = {
    {"See what azid refuses", "azid generate coverage | grep refused"},
};
constexpr Example all_examples[] = {
    {"Write the committed files again", "azid generate all --to ."},
};

constexpr Command table[] = {
    {.name = "completion suggest",
     .summary = "Print what may come next on a command line; the completion scripts call this.",
     .options = packed<suggest_options>,
     .run = commands::completion_suggest,
     .examples = suggest_examples,
     .own = true,
     .stateless = true},
    {.name = "generate man",
     .summary = "Print the manual page of a command.",
     .options = packed<man_options>,
     .run = commands::generate_man,
     .examples = man_examples,
     .own = true,
     .stateless = true},
    {.name = "generate completion",
     .summary = "Print the completion script for a shell.",
     .options = packed<completion_options>,
     .run = commands::generate_completion,
     .examples = completion_examples,
     .own = true,
     .stateless = true},
    {.name = "generate coverage",
     .summary = "Print what azid does with every option, as Markdown.",
     .run = commands::generate_coverage,
     .examples = coverage_examples,
     .own = true,
     .stateless = true},
    {.name = "generate all",
     .summary = "Write manual pages, completion scripts and the coverage list into a folder.",
     .options = packed<all_options>,
     .run = commands::generate_all,
     .examples = all_examples,
     .own = true,
     .stateless = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table completion_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
