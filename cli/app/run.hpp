// argv in, exit code out: parse, open the state, one transaction a command, render. The terminal's one catch.
#pragma once

#include "cli/app/environment.hpp"

#include <string>
#include <vector>

namespace azid::app {

// argv without the program's name. Prints to the environment's outputs.
int run(const std::vector<std::string>& argv, const Environment& environment);

}  // namespace azid::app
