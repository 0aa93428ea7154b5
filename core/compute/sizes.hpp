// The virtual machine sizes azid knows: the usual ones of each family.
#pragma once

#include "core/base/short_text.hpp"

#include <span>
#include <string>
#include <string_view>

namespace azid::compute {

struct Size {
    ShortText<24> name;  // "Standard_DS1_v2"
    int cores;
    int memory_mb;
    int max_data_disks;
    int resource_disk_mb;  // the temporary disk; 0 for none
    bool premium;          // takes premium disks
};

std::span<const Size> sizes();
// By name, without case. Null when azid does not know it.
const Size* find_size(std::string_view name);
// All names, comma-separated, as Compute's message lists them.
std::string size_names();

}  // namespace azid::compute
