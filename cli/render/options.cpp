#include "cli/render/options.hpp"

#include "cli/parse/prefixes.hpp"
#include "cli/parse/values.hpp"
#include "cli/spec/standard.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace azid::render {
namespace {

// Options that --ids replaces stand in their own section, wherever the table puts them.
std::string section_of(const spec::Command& command, const spec::Option& option) {
    if (command.supports_ids && !option.id_part.empty()) return "Resource Id";
    return std::string(option.section);
}

// The plain section comes first, then those by name, these two at the end.
int rank_of(const std::string& section) {
    if (section.empty()) return 0;
    if (section == "Resource Id") return 2;
    return section == "Global" ? 3 : 1;
}

std::vector<std::string> sorted_words(std::string_view words) {
    std::vector<std::string> all = split(words, ' ');
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

bool is_needed(const spec::Command& command, const spec::Option& option) {
    return option.required && !(command.supports_ids && !option.id_part.empty());
}

std::string sorted_names(const spec::Option& option) { return join(sorted_words(option.names), " "); }

std::string option_text(const spec::Option& option) {
    std::string text = fmt::format("{}.", option.help);
    if (!option.choices.empty())
        text += fmt::format("  Allowed values: {}.", join(sorted_words(option.choices), ", "));
    else if (option.arity == spec::Arity::three_state)
        text += "  Allowed values: false, true.";
    if (!option.fallback.empty()) text += fmt::format("  Default: {}.", option.fallback);
    if (option.status == spec::Status::recorded) text += "  Kept and shown, without other effect.";
    return text;
}

std::vector<Section> sections_of(const spec::Command& command) {
    std::map<std::pair<int, std::string>, Section> sections;
    const auto add = [&](const spec::Option& option) {
        if (option.status == spec::Status::refused || option.hidden) return;
        const std::string name = section_of(command, option);
        Section& section = sections[{rank_of(name), name}];
        section.title = name.empty() ? "Arguments" : name + " Arguments";
        section.options.push_back(&option);
    };
    for (const spec::Option& option : command.options) add(option);
    for (const spec::Option& option : spec::globals)
        if (!parse::replaces(command, option)) add(option);
    std::vector<Section> all;
    for (auto& [rank, section] : sections) {
        std::stable_sort(section.options.begin(), section.options.end(),
                         [&](const spec::Option* left, const spec::Option* right) {
                             const bool left_needed = is_needed(command, *left);
                             if (left_needed != is_needed(command, *right)) return left_needed;
                             return sorted_names(*left) < sorted_names(*right);
                         });
        all.push_back(std::move(section));
    }
    return all;
}

std::vector<std::string> refused_names(const spec::Command& command) {
    std::vector<std::string> names;
    for (const spec::Option& option : command.options)
        if (option.status == spec::Status::refused)
            names.emplace_back(option.names.substr(0, option.names.find(' ')));
    return names;
}

}  // namespace azid::render
