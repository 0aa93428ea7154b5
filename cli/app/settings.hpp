// What az keeps in ~/.azure/config, azid keeps in its state: the values of "core.output", "defaults.group"
// and the like. The environment's AZURE_CORE_OUTPUT and so on come first.
#pragma once

#include "core/account/ports.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace azid::app {

struct Environment;
class LazyState;

class Settings {
  public:
    Settings(const Environment& environment, LazyState& state) : environment_(environment), state_(state) {}

    // Empty when it is set nowhere, or to nothing (az's "configure --defaults group="). Makes no state.
    std::optional<std::string> value(std::string_view section, std::string_view name);
    // False when it is not set. Throws Error (fault::client) for what is neither yes nor no, in az's words.
    bool flag(std::string_view section, std::string_view name);

  private:
    const account::Settings& kept(std::string_view section);

    const Environment& environment_;
    LazyState& state_;
    account::Sections sections_;
    bool are_read_ = false;
};

// "AZURE_DEFAULTS_GROUP": the environment variable that stands for a setting.
std::string variable_of(std::string_view section, std::string_view name);

}  // namespace azid::app
