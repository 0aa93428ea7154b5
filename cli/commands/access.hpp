// The commands of "azid access", which az does not have: what somebody may do, and why.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

// The decision in short. Throws Error when --assert says otherwise.
Json access_check(app::Context& context);
Json access_explain(app::Context& context);
Json access_who_can(app::Context& context);
Json access_deny_create(app::Context& context);
Json access_deny_list(app::Context& context);
Json access_deny_delete(app::Context& context);

}  // namespace azid::commands
