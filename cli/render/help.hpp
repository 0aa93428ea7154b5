// --help of a command, a group and azid itself, in az's layout and azid's words. All comes from the command
// tables.
#pragma once

#include "cli/spec/spec.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace azid::render {

// The value that "configure --defaults" or the environment gives for "group" and the like.
using ConfiguredDefault = std::function<std::optional<std::string>(std::string_view name)>;

std::string command_help(const spec::Command& command, const ConfiguredDefault& configured = {});

// Of "vm identity"; of the root group for "".
std::string group_help(std::string_view name);

// Begins with five lines that get a newcomer started, and lists what azid adds to az.
std::string root_help();

// What "--version" prints.
std::string version_text();

}  // namespace azid::render
