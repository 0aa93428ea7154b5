// resource list, show, create, delete, tag, update, invoke-action, wait.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json resource_list(app::Context& context);
Json resource_show(app::Context& context);
Json resource_create(app::Context& context);
Json resource_delete(app::Context& context);
Json resource_tag(app::Context& context);
Json resource_update(app::Context& context);
Json resource_invoke_action(app::Context& context);
Json resource_wait(app::Context& context);

}  // namespace azid::commands
