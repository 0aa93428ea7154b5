// account management-group and all below it.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json management_group_create(app::Context& context);
Json management_group_show(app::Context& context);
Json management_group_list(app::Context& context);
Json management_group_update(app::Context& context);
Json management_group_delete(app::Context& context);
Json management_group_check_name(app::Context& context);

Json management_group_subscription_add(app::Context& context);
Json management_group_subscription_remove(app::Context& context);
Json management_group_subscription_show(app::Context& context);
Json management_group_subscription_list(app::Context& context);

Json management_group_entities(app::Context& context);
Json hierarchy_settings_create(app::Context& context);
Json hierarchy_settings_update(app::Context& context);
Json hierarchy_settings_list(app::Context& context);
Json hierarchy_settings_delete(app::Context& context);
Json tenant_backfill(app::Context& context);

}  // namespace azid::commands
