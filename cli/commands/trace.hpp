// azid's own: what the systems did, step by step.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json trace_show(app::Context& context);

}  // namespace azid::commands
