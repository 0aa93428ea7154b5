#include "core/events/refused.hpp"

#include <algorithm>

namespace azid::events {

std::vector<Operation> refused(std::vector<Operation> begun) {
    const auto reason =
        std::find_if(begun.rbegin(), begun.rend(), [](const Operation& one) { return !one.code.empty(); });
    if (reason == begun.rend()) return {};
    const Operation last = *reason;
    for (Operation& operation : begun) {
        operation.status = last.status;
        if (!operation.code.empty()) continue;
        operation.code = last.code;
        operation.message = last.message;
    }
    return begun;
}

}  // namespace azid::events
