#include "cli/commands/dates.hpp"

namespace azid::commands {

std::optional<Instant> instant_given(std::string text) {
    if (text.ends_with('Z')) text.pop_back();
    const std::size_t time = text.find('T');
    if (time == std::string::npos) return parse_utc(text);
    constexpr std::size_t hour_only = 3;
    constexpr std::size_t no_seconds = 6;
    if (text.size() - time == hour_only) text += ":00";
    if (text.size() - time == no_seconds) text += ":00";
    return parse_utc(text + "Z");
}

}  // namespace azid::commands
