#include "cli/commands/clock_notice.hpp"

#include "cli/app/environment.hpp"
#include "core/base/session.hpp"
#include "core/clock/clock.hpp"

#include <fmt/format.h>

namespace azid::commands {

std::optional<std::string> clock_notice(const Session& session, const app::Environment& environment) {
    constexpr std::chrono::minutes forgiven{5};
    const std::chrono::microseconds ahead = session.now - environment.now();
    if (ahead < forgiven && ahead > -forgiven) return {};
    const bool later = ahead > forgiven;
    const std::string by =
        clock::duration_text(std::chrono::round<std::chrono::seconds>(later ? ahead : -ahead));
    const std::string_view what =
        later
            ? "they go on using tokens that have expired here, and what they date themselves (client "
              "assertions, shared keys) is refused as too old"
            : "tokens look expired to them from the beginning, so that they ask for new ones every time, and "
              "what they date themselves (client assertions, shared keys) is refused as not valid yet";
    return fmt::format(
        "The state's clock is {} {} this machine's, by which clients go: {}. TLS certificates "
        "follow the machine's.",
        by, later ? "ahead of" : "behind", what);
}

}  // namespace azid::commands
