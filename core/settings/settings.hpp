// Reading and changing azid's own settings, which the state keeps.
#pragma once

#include "core/settings/table.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid {
struct Session;
}

namespace azid::settings {

// The setting of that name, compared without case. Null when there is none.
const Setting* find(std::string_view name);
// The value as it is kept, whatever the case of its words: "seeded:30". Throws Error (fault::usage) for what
// the setting does not allow.
std::string checked(const Setting& setting, std::string_view value);
// What can be proposed for it: the words of a choice, examples of the others.
std::vector<std::string> proposals(const Setting& setting);

// What it is set to, else its default. A value that the file should not hold counts as the default.
std::string value(Session& session, std::string_view name);

// One setting, typed by its form; name is one of those in table.hpp.
bool is_on(Session& session, std::string_view name);
int number(Session& session, std::string_view name);
// Zero: off.
std::chrono::seconds lag(Session& session, std::string_view name);

}  // namespace azid::settings
