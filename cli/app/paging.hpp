// --max-items and --next-token of az's newer list commands.
#pragma once

#include "core/base/json.hpp"

#include <string>

namespace azid::app {

class Args;

// Leaves --max-items of the list, beginning where --next-token says. Gives the token of what follows, empty
// when nothing does; the list stays whole without --max-items (az's AAZPaged). Throws Error (fault::client)
// for a number below one and for what is no token.
std::string cut_page(const Args& args, Json& list);

}  // namespace azid::app
