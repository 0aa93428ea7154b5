// The id under which everything that one command or request caused is found again.
#pragma once

#include "core/events/ports.hpp"

#include <cstdint>
#include <string>

namespace azid::events {

// A GUID made of what the run is and of its place in the journal, not drawn: a journal that takes from the
// source of randomness would change what everything after it gets.
std::string correlation_of(const Run& run, std::int64_t place);

}  // namespace azid::events
