// What concerns the program itself: its version, extensions and upgrades of which it has none, the query
// tool, and the shim that lets it answer to the name az.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json version(app::Context& context);
Json upgrade(app::Context& context);
Json extension_nothing_to_do(app::Context& context);
Json extension_list(app::Context& context);
Json extension_show(app::Context& context);
Json query(app::Context& context);
Json shim(app::Context& context);

}  // namespace azid::commands
