#include "cli/render/man.hpp"

#include "cli/render/options.hpp"
#include "cli/spec/check.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace azid::render {
namespace {

// Text as roff shows it: no escapes, hyphens that can be copied, no line taken for a request.
std::string roff(std::string_view text) {
    std::string out;
    bool line_start = true;
    for (const char c : text) {
        if (line_start && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else if (c == '"')
            out += "\\(dq";
        else
            out += c;
        line_start = c == '\n';
    }
    return out;
}

std::string page_name(const spec::Command& command) {
    return "azid-" + replace_all(std::string(command.name), " ", "-");
}

std::string header(const std::string& name, std::string_view summary) {
    std::string upper = name;
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const std::string_view phrase = summary.ends_with('.') ? summary.substr(0, summary.size() - 1) : summary;
    return fmt::format(".TH {} 1 \"\" \"azid {}\" \"azid manual\"\n.SH NAME\n{} \\- {}\n", roff(upper),
                       AZID_VERSION, roff(name), roff(phrase));
}

std::string value_name(const spec::Option& option) {
    switch (option.arity) {
        case spec::Arity::flag:
            return "";
        case spec::Arity::three_state:
            return " [true|false]";
        case spec::Arity::optional:
            return " [VALUE]";
        case spec::Arity::any:
            return " [VALUE ...]";
        case spec::Arity::some:
            return " VALUE ...";
        case spec::Arity::one:
        case spec::Arity::single:
            break;
    }
    return " VALUE";
}

std::string synopsis(const spec::Command& command) {
    std::string out = fmt::format(".SH SYNOPSIS\n.B azid {}\n", roff(command.name));
    for (const spec::Option& option : command.options) {
        if (option.status == spec::Status::refused) continue;
        const std::string_view name = option.names.substr(0, option.names.find(' '));
        if (is_needed(command, option)) out += roff(fmt::format("{}{}\n", name, value_name(option)));
    }
    return out + "[options]\n";
}

std::string option_entries(const spec::Command& command, const Section& section) {
    std::string out = fmt::format(".SS {}\n", roff(section.title));
    for (const spec::Option* option : section.options) {
        out += ".TP\n.B " + roff(replace_all(sorted_names(*option), " ", ", ") + value_name(*option)) + "\n";
        out += roff((is_needed(command, *option) ? "Required.  " : "") + option_text(*option)) + "\n";
    }
    return out;
}

}  // namespace

std::string man_file(const spec::Command& command) { return page_name(command) + ".1"; }

std::string man_page(const spec::Command& command) {
    std::string out = header(page_name(command), command.summary) + synopsis(command);
    out += fmt::format(".SH DESCRIPTION\n{}\n", roff(command.summary));
    if (!command.details.empty()) out += fmt::format(".PP\n{}\n", roff(command.details));
    if (command.own) out += ".PP\nThis command is azid's own: az has none of its name.\n";
    out += ".SH OPTIONS\n";
    for (const Section& section : sections_of(command)) out += option_entries(command, section);
    const std::vector<std::string> refused = refused_names(command);
    if (!refused.empty())
        out += fmt::format(".SS Options of az that azid refuses\n{}\n", roff(join(refused, ", ")));
    out += ".SH EXAMPLES\n";
    for (const spec::Example& example : command.examples)
        out +=
            fmt::format(".PP\n{}:\n.PP\n.RS 4\n.nf\n{}\n.fi\n.RE\n", roff(example.title), roff(example.line));
    out +=
        ".SH EXIT STATUS\n0 when it worked, 2 for a command line that is not understood, 3 for something "
        "that does not "
        "exist, 1 for every other failure.\n";
    return out + ".SH SEE ALSO\n.BR azid (1)\n";
}

std::string main_man_page() {
    std::string out = header("azid", "Azure virtual machines and managed identities from a local state file");
    out +=
        ".SH SYNOPSIS\n.B azid\nCOMMAND [options]\n.SH DESCRIPTION\n"
        "azid answers the commands of az from a file on this machine. Virtual machines, managed identities, "
        "their "
        "certificates and tokens, roles, vaults and storage accounts behave as in Azure; nothing reaches "
        "Azure.\n"
        ".PP\nEvery command explains itself with \\-\\-help and has a page of its own, such as "
        "azid\\-vm\\-identity\\-assign(1).\n.SH COMMANDS\n";
    std::vector<const spec::Command*> commands(spec::commands().begin(), spec::commands().end());
    std::sort(commands.begin(), commands.end(),
              [](const spec::Command* left, const spec::Command* right) { return left->name < right->name; });
    for (const spec::Command* command : commands)
        out += fmt::format(".TP\n.B {}\n{}{}\n", roff(command->name), roff(command->summary),
                           command->own ? " (azid's own)" : "");
    out +=
        ".SH ENVIRONMENT\n.TP\n.B AZID_STATE\nThe state file, where \\-\\-state does not name one.\n"
        ".TP\n.B AZID_VM\nThe resource id of the virtual machine that commands run in.\n"
        ".TP\n.B AZURE_DEFAULTS_GROUP, AZURE_DEFAULTS_LOCATION, ...\nValues for options that are not given.\n"
        ".TP\n.B AZURE_CORE_OUTPUT\nThe output format where \\-\\-output does not name one.\n"
        ".SH FILES\n.TP\n.I ~/.local/state/azid/state.db\nThe usual state file, an SQLite database.\n";
    return out;
}

}  // namespace azid::render
