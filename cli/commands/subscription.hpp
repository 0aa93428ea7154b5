// subscription add, tenant add, tenant list: azid's own.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json subscription_add(app::Context& context);
Json tenant_add(app::Context& context);
Json tenant_list(app::Context& context);

}  // namespace azid::commands
