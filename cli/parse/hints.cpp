#include "cli/parse/hints.hpp"

#include "core/base/fault.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azid::parse {
namespace {

constexpr std::size_t shown_examples = 3;

std::string examples_of(const spec::Command& command) {
    std::string text;
    for (const spec::Example& example :
         command.examples.first(std::min(shown_examples, command.examples.size())))
        text += fmt::format("{}\n{}\n\n", example.line, example.title);
    return text;
}

}  // namespace

std::string did_you_mean(std::string_view suggestion) {
    return suggestion.empty() ? "" : fmt::format("Did you mean '{}' ?\n", suggestion);
}

Error usage_error(const spec::Command& command, std::string message, std::string_view suggestion) {
    return Error(fault::usage, std::move(message))
        .with_hint(fmt::format("{}\nExamples:\n{}More: azid {} --help", did_you_mean(suggestion),
                               examples_of(command), command.name));
}

Error usage_error(std::string_view group, std::string message, std::string_view suggestion) {
    const std::string_view blank = group.empty() ? "" : " ";
    return Error(fault::usage, std::move(message))
        .with_hint(fmt::format("{}\nMore: azid{}{} --help", did_you_mean(suggestion), blank, group));
}

std::string lone_blank_hint(const std::vector<std::string>& argv) {
    const bool cut = std::any_of(argv.begin(), argv.end(), [](const std::string& argument) {
        return !argument.empty() && argument.find_first_not_of(" \t\r\n") == std::string::npos;
    });
    return cut ? "One argument is nothing but a blank: a backslash at the end of a line was followed by a "
                 "blank, so the "
                 "shell cut the command there. Delete the blank behind the backslash."
               : "";
}

}  // namespace azid::parse
