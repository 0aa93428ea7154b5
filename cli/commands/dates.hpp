// Dates that a user writes.
#pragma once

#include "core/base/time.hpp"

#include <optional>
#include <string>

namespace azid::commands {

// A date as az's data-plane commands take it: "2025-01-02T03:04:05Z", "...T03:04Z", "...T03Z", "2025-01-02".
// The parser has checked its form (ValueType::datetime). Empty for a day that does not exist.
std::optional<Instant> instant_given(std::string text);

}  // namespace azid::commands
