// The page that az prints of a what-if answer.
#pragma once

#include "core/base/json.hpp"

#include <string>

namespace azid::commands {

// Of the answer's list of changes; ends without a line break. Never coloured.
std::string what_if_text(const Json& changes);

}  // namespace azid::commands
