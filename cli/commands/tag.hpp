// tag create, list, update, delete, add-value, remove-value.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json tag_create(app::Context& context);
Json tag_list(app::Context& context);
Json tag_update(app::Context& context);
Json tag_delete(app::Context& context);
Json tag_add_value(app::Context& context);
Json tag_remove_value(app::Context& context);

}  // namespace azid::commands
