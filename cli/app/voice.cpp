#include "cli/app/voice.hpp"

#include "cli/app/context.hpp"
#include "cli/app/environment.hpp"
#include "cli/app/settings.hpp"

#include <algorithm>

namespace azid::app {

// As knack does it: the flags count in their full spelling, wherever they stand; but those after "--" belong
// to the command that is to be run.
Voice::Voice(const Environment& environment, Settings& settings, const std::vector<std::string>& argv)
    : environment_(environment), settings_(settings) {
    const auto end = std::find(argv.begin(), argv.end(), "--");
    const auto has = [&](std::string_view flag) { return std::find(argv.begin(), end, flag) != end; };
    verbose_ = has("--verbose");
    debug_ = has("--debug");
    only_errors_ = has("--only-show-errors");
}

bool Voice::coloured() {
    if (!environment_.stdout_is_terminal || !environment_.stderr_is_terminal) return false;
    const bool asked_not_to = !environment_.variable("NO_COLOR").value_or("").empty();
    return !asked_not_to && !settings_.flag("core", "no_color");
}

bool Voice::quiet() { return only_errors_ || (!loud() && settings_.flag("core", "only_show_errors")); }

void Voice::say(std::string_view level, std::string_view colour, const std::string& text) {
    std::string line;
    if (coloured())
        line.append(colour).append(text).append("\x1b[0m");
    else
        line.append(level).append(": ").append(text);
    environment_.write_error(line + "\n");
}

void Voice::error(const std::string& text) { say("ERROR", "\x1b[91m", text); }

void Voice::warning(const std::string& text) {
    if (!quiet()) say("WARNING", "\x1b[93m", text);
}

void Voice::tell(Messages& messages) {
    const std::vector<std::string> warnings = std::move(messages.warnings);
    messages.warnings.clear();
    for (const std::string& text : warnings) warning(text);
}

void Voice::info(const std::string& text) {
    if (loud()) say("INFO", "\x1b[32m", text);
}

void Voice::debug(const std::string& text) {
    if (debug_) say("DEBUG", "\x1b[36m", text);
}

void Voice::plain(const std::string& text) {
    environment_.write_error(text.ends_with('\n') ? text : text + "\n");
}

}  // namespace azid::app
