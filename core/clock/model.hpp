// What a state keeps of its clock.
#pragma once

#include "core/base/time.hpp"

#include <chrono>
#include <optional>

namespace azid::clock {

// Without any of it the clock is the machine's.
struct Record {
    std::optional<Instant> stands_at;    // it stands still there
    std::chrono::microseconds ahead{0};  // otherwise: by how much it is ahead of the machine's
    std::optional<Instant>
        seeded_start;  // of a seeded state: where it began, and where a reset leads back to

    bool operator==(const Record&) const = default;
};

}  // namespace azid::clock
