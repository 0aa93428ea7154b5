// "azid completion suggest" and "azid generate ...": what is made from the command tables.
#pragma once

#include "core/base/json.hpp"

namespace azid::app {
struct Context;
}

namespace azid::commands {

// Prints what may stand in place of the last of the words: a candidate a line, its help behind a tab;
// ":files" where the shell should offer file names. Looks into the state only where a value is wanted, and
// never creates one.
Json completion_suggest(app::Context& context);

// Print a manual page, a completion script, the coverage list.
Json generate_man(app::Context& context);
Json generate_completion(app::Context& context);
Json generate_coverage(app::Context& context);

// Writes all generated files below --to. Throws Error (fault::client) when one cannot be written.
Json generate_all(app::Context& context);

}  // namespace azid::commands
