// A command as it was given, for the journal: without anything that might be secret.
#pragma once

#include <string>

namespace azid::spec {
struct Command;
}

namespace azid::app {

class Args;

// "azid vm identity assign --resource-group rg --name web": the options that were written, in the order of
// the command's table, each in its first spelling. Only values of options that name things (resources,
// places, roles, principals), numbers and choices are shown; in place of any other stands "...".
std::string command_line(const spec::Command& command, const Args& args);

}  // namespace azid::app
