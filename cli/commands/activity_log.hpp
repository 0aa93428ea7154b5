// monitor activity-log list.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json activity_log_list(app::Context& context);

}  // namespace azid::commands
