// Runs scripts in guests on behalf of a server: namespaces are entered by processes with one thread only, and
// a server has several.
#pragma once

#include "cli/server/guest_run.hpp"

#include <sys/types.h>
#include <mutex>
#include <string>

namespace azid::server {

class GuestHelper {
  public:
    // Forks the process that starts the guests; this one must have one thread still, and no state open.
    // Throws Error (fault::client) when the system gives none.
    GuestHelper(const app::Environment& environment, const std::string& state_path);
    ~GuestHelper() { stop(); }
    GuestHelper(const GuestHelper&) = delete;
    GuestHelper& operator=(const GuestHelper&) = delete;

    // As run_in_guest; may be called from several threads at once.
    GuestResult run(const arm::ResourceId& vm, const GuestScript& script);
    // Ends the scripts that still run.
    void stop();

  private:
    void send(const std::string& text, int answer_to);

    std::mutex mutex_;  // of socket_
    int socket_;
    pid_t helper_;
};

}  // namespace azid::server
