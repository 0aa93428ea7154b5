// azid's own: what the systems did, step by step.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

// The latest commands and requests, oldest first.
Json trace_list(app::Context& context);
Json trace_show(app::Context& context);

// Who can do what, as JSON or drawn.
Json map(app::Context& context);

}  // namespace azid::commands
