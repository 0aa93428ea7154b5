// The commands of "az role definition".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json role_definition_create(app::Context& context);
Json role_definition_list(app::Context& context);
Json role_definition_show(app::Context& context);
Json role_definition_update(app::Context& context);
Json role_definition_delete(app::Context& context);

}  // namespace azid::commands
