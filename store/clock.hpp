// The clock as the state file holds it.
#pragma once

#include "core/clock/model.hpp"

#include <cstdint>
#include <optional>

namespace azid::store {

class Database;

// Empty while the clock is the machine's. Throws Error (fault::state) when the row is not to be read.
std::optional<clock::Record> clock_of(Database& database);

// Nanoseconds on the machine's monotonic clock, the same for all processes until the machine starts anew: for
// what runs on while the state's clock stands still.
std::int64_t monotonic();

}  // namespace azid::store
