// The commands of "az group".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json group_create(app::Context& context);
Json group_show(app::Context& context);
Json group_update(app::Context& context);
Json group_wait(app::Context& context);
Json group_export(app::Context& context);
Json group_list(app::Context& context);
Json group_delete(app::Context& context);
Json group_exists(app::Context& context);

}  // namespace azid::commands
