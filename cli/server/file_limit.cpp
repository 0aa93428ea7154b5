#include "cli/server/file_limit.hpp"

#include <sys/resource.h>
#include <algorithm>

namespace azid::server {

std::size_t raise_file_limit(std::size_t wanted) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    const rlimit raised{std::max(limit.rlim_cur, std::min<rlim_t>(wanted, limit.rlim_max)), limit.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    return limit.rlim_cur;
}

}  // namespace azid::server
