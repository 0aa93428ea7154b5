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

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

std::string page_name(std::string_view command) {
    return "azid-" + replace_all(std::string(command), " ", "-");
}

std::string header(const std::string& name, std::string_view summary) {
    const std::string_view phrase = summary.ends_with('.') ? summary.substr(0, summary.size() - 1) : summary;
    // Lines neither stretched nor hyphenated: names must stay in one piece.
    return fmt::format(".TH {} 1 \"\" \"azid {}\" \"azid manual\"\n.nh\n.ad l\n.SH NAME\n{} \\- {}\n",
                       roff(upper(name)), AZID_VERSION, roff(name), roff(phrase));
}

struct Placeholder {
    std::string_view completes;
    std::string_view name;
};

// What stands for a value of the kinds that completions know.
constexpr Placeholder placeholders[] = {
    {"group", "GROUP"},       {"location", "REGION"}, {"subscription", "SUBSCRIPTION"},
    {"role", "ROLE"},         {"file", "FILE"},       {"scope", "SCOPE"},
    {"principal", "WHO"},     {"user", "USER"},       {"image", "IMAGE"},
    {"identity", "IDENTITY"},
};

std::string placeholder(const spec::Option& option) {
    if (!option.names.starts_with('-')) return upper(option.names);
    if (option.key == "_ids") return "ID";
    if (option.key == "_output_format") return "FORMAT";
    if (option.key == "_jmespath_query") return "EXPRESSION";
    if (option.type == spec::ValueType::integer) return "N";
    if (option.type == spec::ValueType::datetime) return "TIME";
    if (spec::has_word(option.names, "--name") || spec::has_word(option.names, "-n")) return "NAME";
    for (const Placeholder& known : placeholders)
        if (known.completes == option.completes) return std::string(known.name);
    if (!option.completes.empty()) return "NAME";
    return "VALUE";
}

std::string value_name(const spec::Option& option) {
    const std::string name = placeholder(option);
    switch (option.arity) {
        case spec::Arity::flag:
            return "";
        case spec::Arity::three_state:
            return " [true|false]";
        case spec::Arity::optional:
            return fmt::format(" [{}]", name);
        case spec::Arity::any:
            return fmt::format(" [{} ...]", name);
        case spec::Arity::some:
            return fmt::format(" {} ...", name);
        case spec::Arity::one:
        case spec::Arity::single:
            break;
    }
    return " " + name;
}

// The name as it stands on a command line: a positional has none.
std::string usage_of(const spec::Option& option) {
    const std::string_view name = option.names.substr(0, option.names.find(' '));
    if (name.starts_with('-')) return std::string(name) + value_name(option);
    return std::string(std::string_view(value_name(option)).substr(1));
}

std::string synopsis_line(const spec::Command& command, bool by_ids) {
    std::string out = fmt::format(".B azid {}\n", roff(command.name));
    for (const spec::Option& option : command.options) {
        if (option.status == spec::Status::refused) continue;
        const bool part = command.supports_ids && !option.id_part.empty();
        const bool positional = !option.names.starts_with('-');
        const bool shown = part ? option.required && !by_ids : option.required || positional;
        if (shown) out += roff(usage_of(option) + "\n");
    }
    if (by_ids) out += roff("--ids ID ...\n");
    // Three points would end a sentence.
    return replace_all(out, "...\n", "...\\&\n") + "[options]\n";
}

std::string synopsis(const spec::Command& command) {
    const std::string by_name = ".SH SYNOPSIS\n" + synopsis_line(command, false);
    return command.supports_ids ? by_name + ".br\n" + synopsis_line(command, true) : by_name;
}

// "-n, --name NAME": short spellings first.
std::string heading(const spec::Option& option) {
    if (!option.names.starts_with('-')) return upper(option.names);
    std::vector<std::string> names = split(sorted_names(option), ' ');
    std::stable_partition(names.begin(), names.end(),
                          [](const std::string& name) { return !name.starts_with("--"); });
    return join(names, ", ") + value_name(option);
}

std::string option_entries(const spec::Command& command, const Section& section) {
    std::string out;
    if (section.title != "Arguments") out += fmt::format(".SS {}\n", roff(section.title));
    for (const spec::Option* option : section.options) {
        const std::string text = (is_needed(command, *option) ? "Required.  " : "") + option_text(*option);
        out += ".TP\n.B " + roff(heading(*option)) + "\n" + roff(replace_all(text, ".  ", ".\n")) + "\n";
    }
    return out;
}

constexpr std::size_t example_width = 72;

// A long line broken before options, outside quotes and substitutions, as a shell reads it.
std::string folded(std::string_view line) {
    std::string out;
    std::size_t begin = 0;  // of the output line
    std::size_t fold = std::string::npos;
    int depth = 0;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '(' || c == ')') {
            depth += c == '(' ? 1 : -1;
        } else if (c == ' ' && depth == 0 && i + 1 < line.size() && line[i + 1] == '-') {
            fold = out.size();
        }
        out += c;
        if (out.size() - begin <= example_width || fold == std::string::npos) continue;
        out.replace(fold, 1, " \\\n    ");
        begin = fold + 3;
        fold = std::string::npos;
    }
    return out;
}

// The other commands of the same group.
std::string see_also(const spec::Command& command) {
    std::vector<std::string> pages;
    const std::string_view group = command.name.substr(0, command.name.rfind(' ') + 1);
    for (const spec::Command* other : spec::commands())
        if (!group.empty() && other != &command && other->name.starts_with(group) &&
            other->name.find(' ', group.size()) == std::string_view::npos)
            pages.push_back(page_name(other->name));
    std::sort(pages.begin(), pages.end());
    pages.insert(pages.begin(), "azid");
    std::string out = ".SH SEE ALSO\n";
    for (const std::string& page : pages)
        out += fmt::format(".BR {} (1){}\n", roff(page), page == pages.back() ? "" : ",");
    return out;
}

}  // namespace

std::string man_file(const spec::Command& command) { return page_name(command.name) + ".1"; }

std::string man_page(const spec::Command& command) {
    std::string out = header(page_name(command.name), command.summary) + synopsis(command);
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
        out += fmt::format(".PP\n{}:\n.PP\n.RS 4\n.nf\n{}\n.fi\n.RE\n", roff(example.title),
                           roff(folded(example.line)));
    out +=
        ".SH EXIT STATUS\n"
        ".TP\n.B 0\nIt worked.\n"
        ".TP\n.B 1\nIt failed.\n"
        ".TP\n.B 2\nThe command line is not understood, or asks for what azid does not have.\n"
        ".TP\n.B 3\nSomething that the command needs does not exist.\n";
    return out + see_also(command);
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
        ".TP\n.B AZURE_DEFAULTS_GROUP, AZURE_DEFAULTS_LOCATION, ...\nValues for options that are not given; "
        "they come before those of azid\\-configure(1).\n"
        ".TP\n.B AZURE_CORE_OUTPUT, AZURE_CORE_NO_COLOR, AZURE_CORE_ONLY_SHOW_ERRORS, "
        "AZURE_CORE_DISABLE_CONFIRM_PROMPT\nThe settings of azid\\-config\\-set(1) that azid acts on.\n"
        ".TP\n.B NO_COLOR\nWhere it is not empty, nothing is coloured.\n"
        ".SH FILES\n.TP\n.I ~/.local/state/azid/state.db\nThe usual state file, an SQLite database.\n";
    return out;
}

}  // namespace azid::render
