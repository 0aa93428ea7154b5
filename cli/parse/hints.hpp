// What is printed below a usage error: azid's own examples and where to read on.
#pragma once

#include "cli/spec/spec.hpp"
#include "core/base/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::parse {

// A usage error of a command, followed by up to three of its examples.
Error usage_error(const spec::Command& command, std::string message, std::string_view suggestion = {});

// A usage error at a group's name ("" the root), followed by the way to its help.
Error usage_error(std::string_view group, std::string message, std::string_view suggestion = {});

// A hint for a command that was cut where a backslash was followed by a blank: the shell then passes a lone
// blank. Empty when no argument is one.
std::string lone_blank_hint(const std::vector<std::string>& argv);

// "Did you mean 'show' ?", az's words; empty for an empty suggestion.
std::string did_you_mean(std::string_view suggestion);

}  // namespace azid::parse
