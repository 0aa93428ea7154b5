// What Compute keeps of a virtual machine beside its ARM resource.
#pragma once

#include "core/base/time.hpp"

#include <string>

namespace azid::compute {

struct VirtualMachine {
    std::string resource_id;
    std::string vm_id;        // the machine's own GUID
    std::string power_state;  // "running", "stopped", "deallocated"
    std::string size;
    std::string os_type;  // "Linux" or "Windows"
    std::string image;    // URN; empty when made from a disk or without an image
    std::string computer_name;
    std::string admin_username;
    Instant created;
    bool generalized = false;  // marked as the source of an image: never starts again
};

}  // namespace azid::compute
