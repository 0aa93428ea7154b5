// The state served to real clients: "serve", "exec", "vm shell" and "env".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

// Serves in the foreground until SIGINT or SIGTERM.
Json serve(app::Context& context);
// Runs a command to which Azure's names lead to the state. Never returns: throws app::AlreadyTold with the
// command's exit status.
Json exec(app::Context& context);
// Likewise, as code in a VM: the command, or else the user's shell.
Json vm_shell(app::Context& context);
// The variables that lead a shell's clients to a running "serve".
Json env(app::Context& context);

}  // namespace azid::commands
