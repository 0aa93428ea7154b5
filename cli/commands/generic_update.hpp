// The generic update of az: --set, --add and --remove, applied in the order written to what a command shows.
#pragma once

#include "cli/app/context.hpp"

#include <string_view>

namespace azid::commands {

// Applies the command's --set path=value, --add list value..., --remove path [index] (and --force-string) to
// the instance, in place. The instance is the JSON that az shows of the thing: az's models stand behind it,
// so that names are found as az spells them (camelCase or snake_case) and a name that the model has not is
// warned of and kept; members named in dictionaries (space-separated) are plain maps, whose keys count as
// written. Throws Error (fault::client) with az's texts: "Couldn't find 'x' in 'a'. Available options:
// [...]", "index 3 doesn't exist on nics", "invalid syntax: ..." (azure-cli core, commands/arm.py).
void apply_generic_update(app::Context& context, Json& instance,
                          std::string_view dictionaries = "tags userAssignedIdentities");

}  // namespace azid::commands
