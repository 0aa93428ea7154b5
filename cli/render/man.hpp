// Manual pages in roff, from the command tables.
#pragma once

#include "cli/spec/spec.hpp"

#include <string>

namespace azid::render {

// azid-vm-identity-assign(1).
std::string man_page(const spec::Command& command);

// "azid-vm-identity-assign.1".
std::string man_file(const spec::Command& command);

// azid(1): what it is, all commands, the files and variables it knows.
std::string main_man_page();

}  // namespace azid::render
