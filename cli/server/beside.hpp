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
};

// Both run until the process ends, and give its exit status as a shell would. SIGTERM goes to the process.
// `start` starts it once everything listens; what it throws comes through. In network and mount namespaces of
// this process's own, for good: it must have one thread, and cannot go back. Throws std::runtime_error when
// they are refused.
int run_in_namespaces(Beside beside, const std::function<pid_t()>& start);
// With a proxy, whose URL start is given.
int run_through_proxy(Beside beside, const std::function<pid_t(const std::string& proxy_url)>& start);

}  // namespace azid::server
