// App Service: plans, web apps and function apps as hosts of managed identities.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json appservice_plan_create(app::Context& context);
Json appservice_plan_show(app::Context& context);
Json appservice_plan_list(app::Context& context);
Json appservice_plan_delete(app::Context& context);

Json webapp_create(app::Context& context);
Json webapp_show(app::Context& context);
Json webapp_list(app::Context& context);
Json webapp_delete(app::Context& context);
Json webapp_update(app::Context& context);

// Names the plan in the tables of "show" and "list" by the last part of its id.
Json with_plan_names(Json rows);

Json functionapp_create(app::Context& context);
Json functionapp_show(app::Context& context);
Json functionapp_list(app::Context& context);

// The same for both kinds of app.
Json app_delete(app::Context& context);
Json app_identity_assign(app::Context& context);
Json app_identity_show(app::Context& context);
Json app_identity_remove(app::Context& context);

}  // namespace azid::commands
