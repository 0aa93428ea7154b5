// The commands of "az identity".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json identity_create(app::Context& context);
Json identity_show(app::Context& context);
Json identity_list(app::Context& context);
Json identity_delete(app::Context& context);
Json identity_list_resources(app::Context& context);
Json identity_list_operations(app::Context& context);

}  // namespace azid::commands
