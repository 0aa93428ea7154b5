// The commands of "az role assignment".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json role_assignment_create(app::Context& context);
Json role_assignment_list(app::Context& context);
Json role_assignment_update(app::Context& context);
Json role_assignment_delete(app::Context& context);
Json role_assignment_list_changelogs(app::Context& context);

}  // namespace azid::commands
