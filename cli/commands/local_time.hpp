// Times as a person at this machine writes and reads them: in the local time zone.
#pragma once

#include "core/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace azid::commands {

// "2026-11-21 02:31:01.000000".
std::string local_text(Instant instant);

// Reads "2026-11-21", "2026-11-21 02:31", with seconds and a fraction, "T" between, and a zone ("Z",
// "+01:00") that is the local one where it is missing. Empty when the text is no such date.
std::optional<Instant> parse_local(std::string_view text);

}  // namespace azid::commands
