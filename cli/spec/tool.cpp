#include "cli/commands/tool.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {
namespace {

constexpr std::string_view no_pip = "azid installs nothing: it takes no extensions.";

constexpr Option extension_name{
    .names = "--name -n", .key = "extension_name", .help = "Name of the extension"};
constexpr Option extension_source{
    .names = "--source -s", .key = "source", .help = "File or URL of the extension"};
constexpr Option pip_proxy{.names = "--pip-proxy",
                           .key = "pip_proxy",
                           .help = "Proxy for pip",
                           .section = "Experimental Pip",
                           .status = Status::refused,
                           .why = no_pip};
constexpr Option pip_urls{.names = "--pip-extra-index-urls",
                          .key = "pip_extra_index_urls",
                          .help = "More package indexes for pip",
                          .arity = Arity::some,
                          .section = "Experimental Pip",
                          .status = Status::refused,
                          .why = no_pip};
constexpr Option allow_preview{.names = "--allow-preview",
                               .key = "allow_preview",
                               .help = "Also versions that are not final",
                               .arity = Arity::three_state};

constexpr Option version_options[] = {subscription};
constexpr Option upgrade_options[] = {
    subscription,
    {.names = "--all",
     .key = "update_all",
     .help = "Also the extensions, of which there are none",
     .arity = Arity::three_state,
     .fallback = "true"},
    yes,
    {.names = "--allow-preview-extensions --allow-preview",
     .key = "allow_preview",
     .help = "Also extensions that are not final",
     .arity = Arity::three_state},
};
constexpr Option add_options[] = {
    extension_name,
    extension_source,
    yes,
    {.names = "--version", .key = "version", .help = "Version of the extension", .fallback = "latest"},
    {.names = "--upgrade",
     .key = "upgrade",
     .help = "Upgrade it where it is installed",
     .arity = Arity::flag},
    {.names = "--system", .key = "system", .help = "For all users", .arity = Arity::flag},
    allow_preview,
    pip_proxy,
    pip_urls,
};
constexpr Option update_options[] = {required(extension_name), allow_preview, pip_proxy, pip_urls};
constexpr Option which_options[] = {required(extension_name)};
constexpr Option query_options[] = {
    {.names = "file",
     .key = "file",
     .help = "File that holds JSON; - or nothing for stdin",
     .arity = Arity::optional,
     .completes = "file"},
};

constexpr Example version_examples[] = {
    {"Print the version of the az that is imitated", "azid version --query '\"azure-cli\"' -o tsv"},
};
constexpr Example upgrade_examples[] = {{"Do nothing, as a script may ask for it", "azid upgrade --yes"}};
constexpr Example add_examples[] = {
    {"Let a script go on that wants an extension", "azid extension add --name account"}};
constexpr Example list_examples[] = {{"List the extensions: none", "azid extension list"}};
constexpr Example which_examples[] = {{"Let a script go on", "azid extension remove --name account"}};
constexpr Example update_examples[] = {{"Let a script go on", "azid extension update --name account"}};
constexpr Example show_examples[] = {{"Ask for an extension", "azid extension show --name account"}};
constexpr Example query_examples[] = {
    {"Pick from a file", "azid query vms.json --query '[].name' -o tsv"},
    {"Make a table of what another program prints", "azid query -o table <rows.json"},
};
constexpr Example shim_examples[] = {
    {"Let scripts written for az use azid, in this shell: eval \"$(azid shim)\"", "azid shim"}};

constexpr Command table[] = {
    {.name = "version",
     .summary = "Print the version of the az that is imitated.",
     .options = packed<version_options>,
     .run = commands::version,
     .examples = version_examples,
     .stateless = true},
    {.name = "upgrade",
     .summary = "Say that there is nothing to upgrade.",
     .options = packed<upgrade_options>,
     .run = commands::upgrade,
     .examples = upgrade_examples,
     .stateless = true,
     .stage = Stage::preview},
    {.name = "extension add",
     .summary = "Say that there is nothing to add.",
     .options = packed<add_options>,
     .run = commands::extension_nothing_to_do,
     .examples = add_examples,
     .stateless = true},
    {.name = "extension list",
     .summary = "List the extensions: none.",
     .run = commands::extension_list,
     .examples = list_examples,
     .stateless = true},
    {.name = "extension show",
     .summary = "Show an extension: there is none.",
     .options = packed<which_options>,
     .run = commands::extension_show,
     .examples = show_examples,
     .stateless = true},
    {.name = "extension update",
     .summary = "Say that there is nothing to update.",
     .options = packed<update_options>,
     .run = commands::extension_nothing_to_do,
     .examples = update_examples,
     .stateless = true},
    {.name = "extension remove",
     .summary = "Say that there is nothing to remove.",
     .options = packed<which_options>,
     .run = commands::extension_nothing_to_do,
     .examples = which_examples,
     .stateless = true},
    {.name = "query",
     .summary = "Apply --query and --output to any JSON.",
     .options = packed<query_options>,
     .run = commands::query,
     .examples = query_examples,
     .own = true,
     .stateless = true,
     .raw = true},
    {.name = "shim",
     .summary = "Print the line that lets azid answer to the name az in this shell.",
     .run = commands::shim,
     .examples = shim_examples,
     .details =
         "It makes a folder of azid's own with a link named az, below ~/.local/share or $XDG_DATA_HOME, "
         "and puts it first in PATH. Nothing else is touched.",
     .own = true,
     .stateless = true,
     .raw = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table tool_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
