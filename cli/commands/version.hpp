// "azid version".
#pragma once

#include "core/base/json.hpp"

namespace azid::app {
struct Context;
}

namespace azid::commands {

// az's "version" answer (2.74.0), with azid's own version beside it.
Json version(app::Context& context);

}  // namespace azid::commands
