// The commands of "az account", "az login" and "az logout".
#pragma once

#include "cli/app/context.hpp"
#include "core/account/ports.hpp"

#include <string_view>

namespace azid::commands {

Json account_show(app::Context& context);
Json account_list(app::Context& context);
Json account_set(app::Context& context);
Json account_clear(app::Context& context);
Json login(app::Context& context);
Json logout(app::Context& context);

// An account as az prints it. The cloud's name stands under "cloudName" in lists and under "environmentName"
// where one account is shown.
Json account_wire(Session& session, const account::Profile& profile, std::string_view cloud_key);

}  // namespace azid::commands
