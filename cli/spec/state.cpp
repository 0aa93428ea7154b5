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
constexpr Option snapshot_name{.names = "snapshot",
                               .key = "snapshot",
                               .help = "Name of the snapshot: letters, digits, '-', '_' and '.'",
                               .required = true};
constexpr Option snapshot_options[] = {
    snapshot_name,
    {.names = "--force", .key = "force", .help = "Replace a snapshot of that name", .arity = Arity::flag}};
constexpr Option restore_options[] = {snapshot_name};
constexpr Option delete_options[] = {snapshot_name, yes};
constexpr Option reset_options[] = {yes};
constexpr Option diff_options[] = {
    {.names = "before", .key = "before", .help = "A snapshot, a state file, or 'current'", .required = true},
    {.names = "after",
     .key = "after",
     .help = "What to compare it with: another of these",
     .arity = Arity::optional,
     .fallback = "current"}};
constexpr Option export_options[] = {
    {.names = "file",
     .key = "file",
     .help = "The file to write, for your eyes alone; without it the document is "
             "printed",
     .arity = Arity::optional,
     .completes = "file"}};
constexpr Option import_options[] = {{.names = "file",
                                      .key = "file",
                                      .help = "The file to read; '-' is the standard input",
                                      .required = true,
                                      .completes = "file"}};

constexpr Example snapshot_examples[] = {
    {"Keep the state before a lesson", "azid state snapshot before-lesson"}};
constexpr Example restore_examples[] = {
    {"Begin every test of a suite at the same point", "azid state restore ready"}};
constexpr Example list_examples[] = {{"The snapshots there are", "azid state list-snapshots -o table"}};
constexpr Example delete_examples[] = {
    {"Throw a snapshot away", "azid state delete-snapshot before-lesson --yes"}};
constexpr Example diff_examples[] = {
    {"What has happened since a snapshot", "azid state diff before-lesson -o table"},
    {"What differs between two", "azid state diff monday.db tuesday.db"}};
constexpr Example export_examples[] = {{"The whole state as JSON", "azid state export state.json"}};
constexpr Example import_examples[] = {{"A state made elsewhere", "azid state import state.json"}};
constexpr Example schema_examples[] = {{"What an editor checks an export by", "azid state schema"}};
constexpr Example reset_examples[] = {{"Begin again", "azid state reset --yes"}};
constexpr Example undo_examples[] = {
    {"Take the last command back", "azid undo"},
    {"... and say only what that changed", "azid undo --query changes -o table"}};

constexpr std::string_view change_rows =
    "[].{Change: change, Type: type, Id: id, Members: join(', ', members[].name)}";

constexpr Example show_examples[] = {{"What the state holds", "azid state show"}};
constexpr Example path_examples[] = {{"The path alone, as a script wants it", "azid state path -o tsv"}};

constexpr Command table[] = {
    {.name = "state init",
     .summary = "Make a new state file: a tenant, a subscription, an administrator, the built-in roles.",
     .options = packed<init_options>,
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
    {.name = "state reset",
     .summary = "Begin the state anew, with the same names and the same seed, if it has one.",
     .options = packed<reset_options>,
     .run = commands::state_reset,
     .examples = reset_examples,
     .confirm = "All that the state holds will be lost. Are you sure?",
     .details = "Snapshots stay.",
     .own = true,
     .stateless = true},
    {.name = "state snapshot",
     .summary = "Keep a copy of the state under a name.",
     .options = packed<snapshot_options>,
     .run = commands::state_snapshot,
     .examples = snapshot_examples,
     .details =
         "It is made while others may be working, costs no more than copying the file, and lies beside the "
         "state file, readable by you alone.",
     .own = true,
     .stateless = true},
    {.name = "state restore",
     .summary = "Make the state again what it was at a snapshot.",
     .options = packed<restore_options>,
     .run = commands::state_restore,
     .examples = restore_examples,
     .details =
         "One transaction, which running servers and commands take as any other change; 'azid undo' takes it "
         "back.",
     .own = true,
     .stateless = true},
    {.name = "state list-snapshots",
     .summary = "List the snapshots of the state.",
     .run = commands::state_list_snapshots,
     .examples = list_examples,
     .table = "[].{Name: name, Created: created, Bytes: bytes}",
     .own = true,
     .stateless = true},
    {.name = "state delete-snapshot",
     .summary = "Remove a snapshot of the state.",
     .options = packed<delete_options>,
     .run = commands::state_delete_snapshot,
     .examples = delete_examples,
     .confirm = "The snapshot will be lost. Are you sure?",
     .own = true,
     .stateless = true},
    {.name = "state diff",
     .summary = "Show what was added, changed and removed between two states.",
     .options = packed<diff_options>,
     .run = commands::state_diff,
     .examples = diff_examples,
     .table = change_rows,
     .details = "Values of secrets are never shown. Events and the activity log do not count.",
     .own = true,
     .stateless = true,
     .raw = true},
    {.name = "state export",
     .summary = "Write the whole state as one JSON document.",
     .options = packed<export_options>,
     .run = commands::state_export,
     .examples = export_examples,
     .details = "Secrets and keys are in it. Azure's built-in roles are not: whoever imports it has them.",
     .own = true,
     .stateless = true,
     .raw = true},
    {.name = "state import",
     .summary = "Make the state what a document of 'state export' says.",
     .options = packed<import_options>,
     .run = commands::state_import,
     .examples = import_examples,
     .details = "All that the state holds is replaced, in one transaction; what is not as it should be in "
                "the document "
                "is refused with its place. 'azid undo' takes it back.",
     .own = true,
     .stateless = true},
    {.name = "state schema",
     .summary = "Print the JSON Schema of the documents of 'state export'.",
     .run = commands::state_schema,
     .examples = schema_examples,
     .own = true,
     .stateless = true,
     .raw = true},
    {.name = "undo",
     .summary = "Take back the last command that changed something.",
     .run = commands::undo,
     .examples = undo_examples,
     .table = "changes[].{Change: change, Type: type, Id: id, Members: join(', ', members[].name)}",
     .details = "Run again it takes back the one before, fifty times at least. A command or request that "
                "changed very much "
                "cannot be taken back, nor can the making of the state, 'state init' and 'state reset'.",
     .own = true,
     .stateless = true,
     .raw = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table state_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
