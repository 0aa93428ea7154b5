// A script run as code in a VM, from start to end.
#pragma once

#include "core/arm/resource_id.hpp"

#include <string>
#include <utility>
#include <vector>

namespace azid::app {
struct Environment;
}

namespace azid::server {

struct GuestScript {
    std::string text;  // for sh
    std::vector<std::string> arguments;
    std::vector<std::pair<std::string, std::string>> variables;
};

struct GuestResult {
    int status = 0;   // the script's exit status, as a shell gives it
    std::string out;  // the last 4096 bytes of what it printed, as Azure keeps them
    std::string error;
};

// Runs the script in namespaces of its own, beside a server for the state: it finds the VM's metadata
// endpoint and Azure's names, and no network; its root is read-only, its home and /tmp are empty. Throws
// Error: fault::not_modelled where the system gives no namespaces, fault::client when the script cannot be
// run.
GuestResult run_in_guest(const app::Environment& environment, const std::string& state_path,
                         const arm::ResourceId& vm, const GuestScript& script);

// The two halves of it, for processes that are forked otherwise: what happened, told as a text by a process
// with one thread, which is given away to the namespaces for good; and that text, read to its end from a file
// that is closed then. The second throws Error as run_in_guest does.
std::string guest_outcome(const app::Environment& environment, const std::string& state_path,
                          const arm::ResourceId& vm, const GuestScript& script);
GuestResult guest_result(int file);

// The result as Azure's JSON: {"value":[{"code","displayStatus","level","message"}]}.
std::string run_command_answer(const GuestResult& result);

}  // namespace azid::server
