// The commands of "azid state": the file that holds everything.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json state_init(app::Context& context);
Json state_show(app::Context& context);
Json state_path(app::Context& context);

}  // namespace azid::commands
