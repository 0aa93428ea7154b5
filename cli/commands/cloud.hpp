// "az cloud": azid imitates the public cloud; of the others it knows the names and endpoints.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json cloud_list(app::Context& context);
Json cloud_show(app::Context& context);
Json cloud_set(app::Context& context);
Json cloud_list_profiles(app::Context& context);

}  // namespace azid::commands
