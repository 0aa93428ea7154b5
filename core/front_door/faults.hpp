// The errors that only Resource Manager's front door makes, beside those of core/base/fault.hpp.
#pragma once

#include "core/base/error.hpp"

namespace azid::fault {

inline constexpr Fault invalid_skip_token{"InvalidSkipToken", 400, 1};
inline constexpr Fault precondition_failed{"PreconditionFailed", 412, 1};

}  // namespace azid::fault
