#include "cli/parse/prefixes.hpp"

#include "cli/spec/check.hpp"
#include "cli/spec/standard.hpp"

#include <algorithm>

namespace azid::parse {
namespace {

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// argparse takes "-5" and "-.5" for values where no option looks like them.
bool is_negative_number(std::string_view text) {
    text.remove_prefix(1);
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos) return is_digits(text);
    return (point == 0 || is_digits(text.substr(0, point))) && is_digits(text.substr(point + 1));
}

}  // namespace

bool replaces(const spec::Command& command, const spec::Option& general) {
    return std::any_of(command.options.begin(), command.options.end(),
                       [&](const spec::Option& own) { return own.key == general.key; });
}

Options::Options(const spec::Command& command) {
    for (const spec::Option& option : spec::globals)
        if (!replaces(command, option)) all_.push_back(&option);
    for (const spec::Option& option : command.options) all_.push_back(&option);
    for (const spec::Option* option : all_) {
        std::string_view names = option->names;
        for (std::string_view name = spec::next_word(names); !name.empty(); name = spec::next_word(names))
            if (name.starts_with('-')) spellings_.push_back({name, option});
    }
}

const spec::Option* Options::exact(std::string_view spelling) const {
    const auto found = std::find_if(spellings_.begin(), spellings_.end(),
                                    [&](const Spelling& known) { return known.text == spelling; });
    return found == spellings_.end() ? nullptr : found->option;
}

std::vector<Reading> Options::long_prefix(const std::string& argument) const {
    const std::size_t equals = argument.find('=');
    const std::string_view prefix = std::string_view(argument).substr(0, equals);
    std::optional<std::string> attached;
    if (equals != std::string::npos) attached = argument.substr(equals + 1);
    std::vector<Reading> readings;
    for (const Spelling& known : spellings_)
        if (!known.option->own && known.text.starts_with(prefix))
            readings.push_back({known.option, std::string(known.text), attached, attached.has_value()});
    return readings;
}

std::vector<Reading> Options::short_prefix(const std::string& argument) const {
    std::vector<Reading> readings;
    for (const Spelling& known : spellings_) {
        if (known.text == std::string_view(argument).substr(0, 2))
            readings.push_back({known.option, std::string(known.text), argument.substr(2), false});
        else if (!known.option->own && known.text.starts_with(argument))
            readings.push_back({known.option, std::string(known.text), {}, false});
    }
    return readings;
}

std::vector<Reading> Options::read(const std::string& argument) const {
    if (argument.size() < 2 || argument.front() != '-') return {};
    if (const spec::Option* option = exact(argument)) return {{option, argument, {}, false}};
    const std::size_t equals = argument.find('=');
    if (equals != std::string::npos)
        if (const spec::Option* option = exact(std::string_view(argument).substr(0, equals)))
            return {{option, argument.substr(0, equals), argument.substr(equals + 1), true}};
    std::vector<Reading> readings = argument[1] == '-' ? long_prefix(argument) : short_prefix(argument);
    if (!readings.empty()) return readings;
    if (is_negative_number(argument) || argument.find(' ') != std::string::npos) return {};
    return {{nullptr, argument, {}, false}};
}

}  // namespace azid::parse
