// The "wait" commands of az. Only provisioning takes time, and that only where provisioning.time is set: else
// one look tells how the wait would end.
#pragma once

#include "cli/app/context.hpp"

#include <functional>

namespace azid::commands {

// Judges the command's --created, --updated, --deleted, --exists, --custom, --timeout and --interval by one
// look at the thing. look gives the JSON that az shows of it, and throws Error with HTTP status 404 when it
// is not there. Gives null when the condition holds. One that does not hold now never will: az would poll
// until
// --timeout and then print {} with exit status 0 (azure-cli issue 34004), so {} is given, at once. Throws
// Error: "incorrect usage: ..." when no condition is given, what look throws otherwise, "The operation
// failed" for a thing whose provisioning failed, and what is wrong with --custom.
// Throws Unfinished while the thing is still being made or changed.
Json wait_for(app::Context& context, const std::function<Json()>& look);

}  // namespace azid::commands
