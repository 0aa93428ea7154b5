// lock, account lock, group lock, resource lock.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

// What az's validators ask of the options alone. Throw Error in az's words.
void check_any_lock(const app::Args& args, app::Messages& messages);
void check_account_lock(const app::Args& args, app::Messages& messages);
void check_group_lock(const app::Args& args, app::Messages& messages);
void check_resource_lock(const app::Args& args, app::Messages& messages);

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
