#include "cli/render/coverage.hpp"

#include "cli/spec/spec.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace azid::render {
namespace {

std::string_view word_of(spec::Status status) {
    switch (status) {
        case spec::Status::modelled:
            return "modelled";
        case spec::Status::recorded:
            return "recorded";
        case spec::Status::refused:
            break;
    }
    return "refused";
}

// A cell of a table: a bar would end it.
std::string cell(std::string_view text) { return replace_all(std::string(text), "|", "\\|"); }

std::string section(const spec::Command& command) {
    std::string out =
        fmt::format("## {}{}\n\n{}\n\n", command.name, command.own ? " (azid's own)" : "", command.summary);
    if (command.options.empty()) return out + "Takes no options of its own.\n\n";
    out += "| option | | what it does, or why it is refused |\n|---|---|---|\n";
    for (const spec::Option& option : command.options)
        out += fmt::format("| `{}`{} | {} | {} |\n", option.names, option.own ? " (azid's own)" : "",
                           word_of(option.status), cell(option.why.empty() ? option.help : option.why));
    return out + "\n";
}

}  // namespace

std::string coverage() {
    std::vector<const spec::Command*> commands(spec::commands().begin(), spec::commands().end());
    std::sort(commands.begin(), commands.end(),
              [](const spec::Command* left, const spec::Command* right) { return left->name < right->name; });
    std::map<spec::Status, std::size_t> counts;
    for (const spec::Command* command : commands)
        for (const spec::Option& option : command->options) ++counts[option.status];
    std::string out = fmt::format(
        "# What azid does with each option\n\nWritten by `azid generate` from the command tables; do not "
        "edit.\n\n"
        "- **modelled** ({}): acts as in Azure, as far as azid models what it acts on.\n"
        "- **recorded** ({}): kept on the resource and shown, without other effect.\n"
        "- **refused** ({}): exit code 2 and a sentence. Nothing is accepted and silently ignored.\n\n"
        "Every command also takes `--help --output --query --verbose --debug --only-show-errors` and azid's "
        "own "
        "`--state`.\n\n",
        counts[spec::Status::modelled], counts[spec::Status::recorded], counts[spec::Status::refused]);
    for (const spec::Command* command : commands) out += section(*command);
    out.pop_back();
    return out;
}

}  // namespace azid::render
