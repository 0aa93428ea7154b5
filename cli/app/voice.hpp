// stderr as az writes it: "ERROR: " and "WARNING: " before the text, or a colour in their place where both
// outputs are terminals.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::app {

struct Environment;
struct Messages;
class Settings;

class Voice {
  public:
    Voice(const Environment& environment, Settings& settings, const std::vector<std::string>& argv);

    // --verbose or --debug; --debug alone.
    bool loud() const { return verbose_ || debug_; }
    // --only-show-errors together with one of those, which az refuses before it reads anything else.
    bool contradicts() const { return only_errors_ && loud(); }
    // Colours are wanted: both outputs are terminals, and neither NO_COLOR nor core.no_color speaks against
    // it.
    bool coloured();

    void error(const std::string& text);
    // Nothing with --only-show-errors or core.only_show_errors.
    void warning(const std::string& text);
    // Prints the warnings gathered so far and forgets them.
    void tell(Messages& messages);
    // Only with --verbose or --debug.
    void info(const std::string& text);
    // Only with --debug.
    void debug(const std::string& text);
    // A line of its own, without level or colour.
    void plain(const std::string& text);

  private:
    void say(std::string_view level, std::string_view colour, const std::string& text);
    bool quiet();

    const Environment& environment_;
    Settings& settings_;
    bool verbose_ = false;
    bool debug_ = false;
    bool only_errors_ = false;
};

}  // namespace azid::app
