// "az configure" and "az config": settings, which azid keeps in its state.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json configure(app::Context& context);
Json config_get(app::Context& context);
Json config_set(app::Context& context);
Json config_unset(app::Context& context);

}  // namespace azid::commands
