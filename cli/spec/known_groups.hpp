// The groups that azid knows of, whether or not a command stands in them: for what asks for one alone, which
// to look through all commands for would cost more than most of what else happens before a command runs.
#pragma once

#include "cli/spec/spec.hpp"

#include <span>

namespace azid::spec {

std::span<const Group> known_groups();

}  // namespace azid::spec
