// How many files and connections this process may have open.
#pragma once

#include <cstddef>

namespace azid::server {

// Raises the process's own limit towards what is wanted, as far as the system lets it. Gives the limit that
// there is then.
std::size_t raise_file_limit(std::size_t wanted);

}  // namespace azid::server
