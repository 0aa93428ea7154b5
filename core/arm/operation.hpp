// A long-running operation as Resource Manager keeps it: what was begun, and when it is over. Whether it is
// still going is never stored, but told by the clock.
#pragma once

#include "core/base/time.hpp"

#include <string>

namespace azid::arm {

struct Operation {
    std::string id;
    std::string subscription;
    std::string provider;      // "Microsoft.Compute"; empty: Resource Manager's own
    std::string location;      // where the provider keeps it; empty: nowhere in particular
    std::string target;        // the id of what is worked on
    std::string state;         // what "provisioningState" shows meanwhile: "Creating", "Updating", "Deleting"
    std::string principal_id;  // who began it
    Instant started;
    Instant ends;
    std::string answer;       // JSON text that is given at the end; empty for none
    int answer_status = 200;  // with which HTTP status
};

}  // namespace azid::arm
