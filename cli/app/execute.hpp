// A parsed command in its transaction.
#pragma once

#include "cli/app/args.hpp"
#include "cli/spec/spec.hpp"
#include "core/base/json.hpp"

#include <vector>

namespace azid::app {

struct Environment;
struct Messages;
class LazyState;
class Voice;

// Runs the command once for each of the argument sets, every time in a transaction of its own: of several
// (--ids) the results as a list. What fails there is told and the rest goes on; when all fail, AlreadyTold is
// thrown (az's rule). Throws Error for the failure of a single one.
Json run_all(const spec::Command& command, const std::vector<Args>& each, LazyState& state,
             Messages& messages, const Environment& environment, Voice& voice);

}  // namespace azid::app
