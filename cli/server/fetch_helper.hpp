// A process that stays where the network is when this one goes into a namespace without any, and fetches
// issuers' keys for it.
#pragma once

#include "core/base/keys.hpp"

#include <sys/types.h>
#include <mutex>
#include <string>

namespace azid::server {

class FetchHelper {
  public:
    // Starts it; this process must have one thread. Throws std::runtime_error with the system's reason.
    FetchHelper();
    ~FetchHelper();
    FetchHelper(const FetchHelper&) = delete;
    FetchHelper& operator=(const FetchHelper&) = delete;

    // As fetch_issuer_keys, out there; an issuer on the loopback device is asked in here, where the command's
    // own is. May be used from several threads at once.
    IssuerKeys fetch(const std::string& issuer);

  private:
    pid_t process_ = 0;
    int socket_ = -1;
    std::mutex mutex_;
};

}  // namespace azid::server
