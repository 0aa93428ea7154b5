// The commands of "az resource".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json resource_list(app::Context& context);
Json resource_show(app::Context& context);

}  // namespace azid::commands
