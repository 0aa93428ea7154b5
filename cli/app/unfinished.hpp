// What takes its time to be made or changed (provisioning.time), as commands see it.
#pragma once

#include "core/base/json.hpp"

#include <chrono>

namespace azid {
struct Session;
}

namespace azid::app {

class Args;

// Thrown by a command that waits: what it waits for is not over. Whoever runs the command ends the
// transaction and looks again a little later, by the machine's clock, for as long as patience says; then the
// result is {}, as az's of a wait that timed out.
struct Unfinished {
    std::chrono::seconds patience;
};

// A command with --no-wait has begun to make and change resources: from here on each takes its time. Without
// that option az waits for the end, so that its commands find everything finished.
void begin_unfinished(Session& session, const Args& args);

// Puts "Creating", "Updating" and so on into the "provisioningState" of what is not finished, in a command's
// result at any depth.
void show_unfinished(Session& session, Json& result);

}  // namespace azid::app
