// The state file on SQLite: the one door into store/.
#pragma once

#include "core/base/state.hpp"
#include "core/base/time.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace azid::store {

// Opens the state file, and makes it (mode 0600, missing folders 0700) where there is none. Older files are
// brought up to date. A file that may not be written is opened for reading. Waits up to `patience` wherever
// another process is writing. All that it answers is of the instant `pinned`; without it of what the state's
// clock shows. Throws Error (fault::state) with a sentence for the user; a file that is not
// ours is left as it is.
std::unique_ptr<State> open_state(const std::string& path,
                                  std::chrono::milliseconds patience = std::chrono::seconds(5),
                                  std::optional<Instant> pinned = {});

}  // namespace azid::store
