// provider list, show, register, unregister, operation list, operation show.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json provider_list(app::Context& context);
Json provider_show(app::Context& context);
Json provider_register(app::Context& context);
Json provider_unregister(app::Context& context);
Json provider_operation_list(app::Context& context);
Json provider_operation_show(app::Context& context);

}  // namespace azid::commands
