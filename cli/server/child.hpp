// A command that runs beside the server.
#pragma once

#include "cli/server/client_files.hpp"

#include <sys/types.h>
#include <optional>
#include <string>
#include <vector>

namespace azid::server {

// Starts the command, found in PATH, with this process's environment changed by the variables; signals are at
// their defaults. Throws Error (fault::client) when there is no such command or it cannot run.
pid_t start(const std::vector<std::string>& command, const Variables& variables);

// The exit status of a child that has ended, as a shell gives it: 128 and the signal's number for one that a
// signal ended. Empty while it runs.
std::optional<int> exit_status(pid_t child);

}  // namespace azid::server
