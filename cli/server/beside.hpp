// A server and, beside it, one process to which Azure's names lead.
#pragma once

#include "cli/server/client_files.hpp"
#include "cli/server/doors.hpp"

#include <sys/types.h>
#include <functional>
#include <optional>
#include <string>

namespace azid::server {

struct Beside {
    ServedState& state;
    Metadata& metadata;
    const ClientFiles& files;
    Settings settings;
    std::optional<arm::ResourceId> vm;  // whose metadata endpoint the process finds
    std::optional<AppIdentity> app;     // or whose identity endpoint
};

// What the process has to be told of the server.
struct Doorway {
    std::string proxy;         // URL of the proxy; empty where none is needed
    std::string app_endpoint;  // URL of the app's identity endpoint; empty without an app
};
using Start = std::function<pid_t(const Doorway&)>;

// Both run until the process ends, and give its exit status as a shell would. Signals that ask for an end go
// to the process; a terminal's reach it anyway. `start` starts it once everything listens; what it throws
// comes through. In network and mount namespaces of this process's own, for good: it must have one thread,
// and cannot go back. Throws std::runtime_error when they are refused.
int run_in_namespaces(Beside beside, const Start& start);
// With a proxy.
int run_through_proxy(Beside beside, const Start& start);

}  // namespace azid::server
