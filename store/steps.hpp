// The steps of a command or request as the journal holds them: all in one text, since they are written
// together and read together.
#pragma once

#include "core/events/ports.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azid::store {

// JSON array of objects, oldest first; at most the newest events::steps_kept. Members that are empty are left
// out, and the time where it is that of the whole command.
std::string steps_text(const std::vector<events::Event>& steps, Instant at);

// Reads what steps_text wrote; run is the number of the command or request, as each step will have it. Empty
// text gives no steps. Throws Error (fault::state) when the text is no such array.
std::vector<events::Event> steps_of(std::string_view json, Instant at, std::int64_t run);

}  // namespace azid::store
