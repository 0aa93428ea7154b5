// "deployment group" and "deployment sub": the same commands at a resource group and at the subscription.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json deployment_create(app::Context& context);
Json deployment_validate(app::Context& context);
Json deployment_what_if(app::Context& context);
Json deployment_show(app::Context& context);
Json deployment_list(app::Context& context);
Json deployment_delete(app::Context& context);
Json deployment_cancel(app::Context& context);
Json deployment_export(app::Context& context);
Json deployment_wait(app::Context& context);
Json deployment_operation_list(app::Context& context);
Json deployment_operation_show(app::Context& context);

}  // namespace azid::commands
