// The commands of "az disk".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json disk_create(app::Context& context);
Json disk_show(app::Context& context);
Json disk_list(app::Context& context);
Json disk_delete(app::Context& context);

}  // namespace azid::commands
