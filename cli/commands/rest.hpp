// "az rest": any request, answered in process by the same faces that a server would show.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

// Gives the answer; with --endpoint what rest_over_network needs.
Json rest(app::Context& context);
// With --endpoint sends the request, once the transaction is over.
Json rest_over_network(app::Context& context, Json prepared);

}  // namespace azid::commands
