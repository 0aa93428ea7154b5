// What follows a command whose transaction is over: the activity log of what it kept nothing of, and az's own
// registering of providers.
#pragma once

#include "cli/spec/spec.hpp"
#include "core/base/error.hpp"
#include "core/events/ports.hpp"

#include <vector>

namespace azid::app {

class Args;
class LazyState;
struct Environment;
struct Messages;

// Writes the operations down in a transaction of their own. A log that cannot be written is no failure.
void log_operations(LazyState& state, const Environment& environment,
                    const std::vector<events::Operation>& operations);

// Where the error is that a resource provider is not registered, registers it and says so, as az does before
// it tries again. False when it is another error, or that cannot be done.
bool register_provider_for(const Error& error, const spec::Command& command, const Args& args,
                           LazyState& state, Messages& messages, const Environment& environment);

}  // namespace azid::app
