// What the activity log keeps of a command that came to nothing.
#pragma once

#include "core/events/ports.hpp"

#include <vector>

namespace azid::events {

// Of the operations that a rolled back transaction had begun, those to write down: all of them, as failed,
// when a missing right, a lock or the like refused one; none when something else was wrong.
std::vector<Operation> refused(std::vector<Operation> begun);

}  // namespace azid::events
