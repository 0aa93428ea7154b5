// The clock as the state file holds it.
#pragma once

#include "core/clock/model.hpp"

#include <optional>

namespace azid::store {

class Database;

// Empty while the clock is the machine's. Throws Error (fault::state) when the row is not to be read.
std::optional<clock::Record> clock_of(Database& database);

}  // namespace azid::store
