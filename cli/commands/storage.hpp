// The commands of "az storage".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json storage_account_create(app::Context& context);
Json storage_account_show(app::Context& context);
Json storage_account_list(app::Context& context);
Json storage_account_delete(app::Context& context);

}  // namespace azid::commands
