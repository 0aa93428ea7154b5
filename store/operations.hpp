// Long-running operations in the state file.
#pragma once

#include "core/arm/operation.hpp"
#include "store/database.hpp"

#include <optional>
#include <string_view>

namespace azid::store {

// Inserts it. Its id is new.
void save_operation(Database& database, const arm::Operation& operation);
// Empty when the subscription has none with that id.
std::optional<arm::Operation> find_operation(Database& database, std::string_view subscription,
                                             std::string_view id);
// The one on that thing which was begun last; empty when there is none.
std::optional<arm::Operation> latest_operation(Database& database, std::string_view target);
void forget_operations(Database& database, Instant ended_before);

}  // namespace azid::store
