// The commands of "azid clock": what time it is in the simulated Azure.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json clock_show(app::Context& context);
Json clock_set(app::Context& context);
Json clock_advance(app::Context& context);
Json clock_freeze(app::Context& context);
Json clock_resume(app::Context& context);
Json clock_reset(app::Context& context);

}  // namespace azid::commands
