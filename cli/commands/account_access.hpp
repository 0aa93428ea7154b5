// account get-access-token, account list-locations.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json account_get_access_token(app::Context& context);
Json account_list_locations(app::Context& context);

}  // namespace azid::commands
