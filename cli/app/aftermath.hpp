// What follows a command whose transaction is over: the journal of what it kept nothing of, and az's own
// registering of providers.
#pragma once

#include "cli/spec/spec.hpp"
#include "core/base/error.hpp"
#include "core/base/state.hpp"
#include "core/events/ports.hpp"

#include <vector>

namespace azid::app {

class Args;
class LazyState;
struct Environment;
struct Messages;

// Writes the report down in a transaction of its own, unless it is empty. A journal that cannot be written is
// no failure.
void write_report(State& state, const Environment& environment, const events::Report& report);

// The same of several, in one transaction.
void write_reports(State& state, const Environment& environment, const std::vector<events::Report>& reports);

// Where the error is that a resource provider is not registered, registers it and says so, as az does before
// it tries again. False when it is another error, or that cannot be done.
bool register_provider_for(const Error& error, const spec::Command& command, const Args& args,
                           LazyState& state, Messages& messages, const Environment& environment);

}  // namespace azid::app
