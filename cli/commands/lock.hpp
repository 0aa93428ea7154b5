// lock, account lock, group lock, resource lock.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json lock_create(app::Context& context);
Json lock_show(app::Context& context);
Json lock_list(app::Context& context);
Json lock_update(app::Context& context);
Json lock_delete(app::Context& context);

Json account_lock_create(app::Context& context);
Json account_lock_show(app::Context& context);
Json account_lock_list(app::Context& context);
Json account_lock_update(app::Context& context);
Json account_lock_delete(app::Context& context);

Json group_lock_create(app::Context& context);
Json group_lock_show(app::Context& context);
Json group_lock_list(app::Context& context);
Json group_lock_update(app::Context& context);
Json group_lock_delete(app::Context& context);

Json resource_lock_create(app::Context& context);
Json resource_lock_show(app::Context& context);
Json resource_lock_list(app::Context& context);
Json resource_lock_update(app::Context& context);
Json resource_lock_delete(app::Context& context);

}  // namespace azid::commands
