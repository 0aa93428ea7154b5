// What the journal and the activity log keep of a command or request that came to nothing.
#pragma once

#include "core/events/ports.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::events {

// Of the operations that a rolled back transaction had begun, those to write down: all of them, as failed,
// when a missing right, a lock or the like refused one; none when something else was wrong.
std::vector<Operation> refused(std::vector<Operation> begun);

// The report of a rolled back transaction as it is to be written down: the run failed with that code, the
// operations as refused() has them. Empty when nothing was refused: what was wrongly asked is nobody's
// business. The message is kept where the status is that of a refusal (401, 403, 404, 409, 423, 429): other
// messages may repeat what somebody has typed.
Report failed(Report report, int status, std::string_view code, std::string_view message);

}  // namespace azid::events
