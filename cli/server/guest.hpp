// Scripts that run as code in a VM.
#pragma once

#include "cli/server/client_files.hpp"

#include <sys/types.h>
#include <string>
#include <vector>

namespace azid::server {

// A script's standard output and standard error, kept in memory.
class Captured {
  public:
    Captured();
    ~Captured();
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;

    int out() const { return out_; }
    int error() const { return error_; }
    // At most the last bytes of what was written so far; from the start of a UTF-8 character on.
    std::string last_of_out(std::size_t bytes) const;
    std::string last_of_error(std::size_t bytes) const;

  private:
    int out_;
    int error_;
};

struct Script {
    std::string text;
    std::vector<std::string> arguments;
    Variables variables;  // all that its environment holds
};

// Starts the script with sh in a mount namespace where everything is read-only and the home and /tmp are
// empty; this process must be in namespaces of its own already (enter_namespaces). Throws Error
// (fault::client) when it cannot.
pid_t start_guest(const Script& script, const Captured& captured);

}  // namespace azid::server
