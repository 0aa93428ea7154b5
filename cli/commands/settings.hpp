// The commands of "azid settings": how the simulated Azure behaves.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json settings_list(app::Context& context);
Json settings_show(app::Context& context);
Json settings_set(app::Context& context);
Json settings_reset(app::Context& context);

}  // namespace azid::commands
