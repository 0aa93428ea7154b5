// "az rest": any request, answered in process by the same faces that a server would show.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json rest(app::Context& context);

}  // namespace azid::commands
