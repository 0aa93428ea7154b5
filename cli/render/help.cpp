#include "cli/render/help.hpp"

#include "cli/render/options.hpp"
#include "cli/render/page.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/standard.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace azid::render {
namespace {

std::string_view label_of(spec::Stage stage) {
    switch (stage) {
        case spec::Stage::preview:
            return "[Preview]";
        case spec::Stage::experimental:
            return "[Experimental]";
        case spec::Stage::deprecated:
            return "[Deprecated]";
        case spec::Stage::stable:
            break;
    }
    return "";
}

Row row_of(const spec::Command& command, const spec::Option& option, const ConfiguredDefault& configured) {
    Row row{sorted_names(option), std::string(label_of(option.stage)), option_text(option)};
    std::optional<std::string> value;
    if (!option.configured.empty() && configured) value = configured(option.configured);
    if (value) row.text += fmt::format("  Config: {}.", *value);
    if (is_needed(command, option) && !value) row.label = "[Required]";
    if (option.own) row.label = "[azid]";
    return row;
}

std::string title_line(std::string_view name, std::string_view summary) {
    const std::string text = fmt::format("azid {}{}{}", name, summary.empty() ? "" : " : ", summary);
    return "    " + wrapped(text, 4, 4) + "\n";
}

std::string paragraph(std::string_view text) { return "        " + wrapped(text, 8, 8) + "\n"; }

// The next word of a name that begins with the group; empty for another name, and for the group's own.
std::string_view word_below(std::string_view name, std::string_view group) {
    if (!group.empty()) {
        if (!name.starts_with(group) || !name.substr(group.size()).starts_with(' ')) return {};
        name.remove_prefix(group.size() + 1);
    }
    return spec::next_word(name);
}

bool is_below(std::string_view name, std::string_view group) {
    const std::string_view word = word_below(name, group);
    return !word.empty() && word.size() + (group.empty() ? 0 : group.size() + 1) == name.size();
}

std::vector<Row> subgroups(std::string_view name, bool own) {
    std::vector<Row> rows;
    for (const spec::Group& group : spec::groups())
        if (is_below(group.name, name) && (own || !group.own))
            rows.push_back({std::string(word_below(group.name, name)), std::string(label_of(group.stage)),
                            std::string(group.summary)});
    std::sort(rows.begin(), rows.end(),
              [](const Row& left, const Row& right) { return left.name < right.name; });
    return rows;
}

std::vector<Row> commands_below(std::string_view name, bool own) {
    std::vector<Row> rows;
    for (const spec::Command* command : spec::commands())
        if (is_below(command->name, name) && (own || !command->own))
            rows.push_back({std::string(word_below(command->name, name)),
                            std::string(label_of(command->stage)), std::string(command->summary)});
    std::sort(rows.begin(), rows.end(),
              [](const Row& left, const Row& right) { return left.name < right.name; });
    return rows;
}

std::string listing(std::string_view name, bool own) {
    const std::vector<Row> groups = subgroups(name, own);
    const std::vector<Row> commands = commands_below(name, own);
    const std::size_t width = std::max(name_width(groups), name_width(commands));
    std::string out;
    if (!groups.empty()) out += "\nSubgroups:\n" + listed(groups, width);
    if (!commands.empty()) out += "\nCommands:\n" + listed(commands, width);
    return out;
}

// The one list of what azid adds to az: its own commands, and its own options of az's commands.
std::string additions() {
    std::vector<Row> rows;
    for (const spec::Command* command : spec::commands())
        if (command->own) rows.push_back({std::string(command->name), "", std::string(command->summary)});
    std::sort(rows.begin(), rows.end(),
              [](const Row& left, const Row& right) { return left.name < right.name; });
    for (const spec::Option& option : spec::globals)
        if (option.own) rows.push_back({std::string(option.names), "", option_text(option)});
    for (const spec::Command* command : spec::commands())
        for (const spec::Option& option : command->options)
            if (option.own && !command->own)
                rows.push_back({fmt::format("{} {}", command->name, option.names), "", option_text(option)});
    return "\nWhat azid adds to az:\n" + listed(rows, name_width(rows));
}

constexpr std::string_view first_steps =
    "azid group create -n rg -l westeurope\n"
    "azid vm create -g rg -n web --image Ubuntu2204 --generate-ssh-keys\n"
    "who=$(azid vm identity assign -g rg -n web --query systemAssignedIdentity -o tsv)\n"
    "azid role assignment create --assignee $who --role Reader --scope $(azid group show -n rg --query id -o "
    "tsv)\n"
    "azid token get -g rg -n web --resource https://management.azure.com/\n"
    "\n"
    "These five lines make a virtual machine that proves who it is without a password, let it read its "
    "group, and\n"
    "show the token it gets for that. Nothing leaves this machine: all of it happens in one file.\n";

}  // namespace

std::string command_help(const spec::Command& command, const ConfiguredDefault& configured) {
    std::string out = "\nCommand\n" + title_line(command.name, command.summary);
    if (!command.details.empty()) out += paragraph(command.details);
    if (command.own) out += paragraph("azid's own: az has no such command.");
    const std::vector<Section> sections = sections_of(command);
    std::map<std::string, std::vector<Row>> rows;
    std::size_t width = 0;
    for (const Section& section : sections) {
        for (const spec::Option* option : section.options)
            rows[section.title].push_back(row_of(command, *option, configured));
        width = std::max(width, name_width(rows[section.title]));
    }
    bool first = true;
    for (const Section& section : sections) {
        if (!first || command.details.empty()) out += "\n";
        first = false;
        out += section.title + "\n" + listed(rows[section.title], width);
    }
    const std::vector<std::string> refused = refused_names(command);
    if (!refused.empty())
        out += "\nOptions of az that azid refuses\n    " + wrapped(join(refused, " "), 4, 4) + "\n";
    out += "\nExamples\n";
    for (const spec::Example& example : command.examples)
        out += fmt::format("    {}\n        {}\n\n", example.title, example.line);
    return out;
}

std::string group_help(std::string_view name) {
    if (name.empty()) return root_help();
    std::string_view summary;
    for (const spec::Group& group : spec::groups())
        if (group.name == name) summary = group.summary;
    return "\nGroup\n" + title_line(name, summary) + listing(name, true) +
           fmt::format("\nMore on one of them: azid {} COMMAND --help\n", name);
}

std::string root_help() {
    return std::string(first_steps) + "\nGroup\n    azid\n" + listing("", false) + additions() +
           "\nMore on one of them: azid GROUP --help, azid GROUP COMMAND --help\n";
}

std::string version_text() {
    return "azid                              " AZID_VERSION
           "\n\n"
           "azure-cli                         2.74.0\n\n"
           "core                              2.74.0\n"
           "telemetry                          1.1.0\n";
}

}  // namespace azid::render
