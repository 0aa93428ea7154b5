// Dates as the state file holds them: "2025-01-02T03:04:05.123456Z", always that long, so that they sort as
// text.
#pragma once

#include "core/base/time.hpp"

#include <string>
#include <string_view>

namespace azid::store {

std::string date_text(Instant instant);
// Reads what date_text wrote, and any other date in UTC (somebody may have edited the file by hand). Throws
// Error (fault::state) when the text is no date.
Instant date_of(std::string_view text);

}  // namespace azid::store
