// Arguments that are JSON text, or a path to a file of it.
#pragma once

#include "core/base/json.hpp"

#include <string>
#include <string_view>

namespace azid::app {
struct Context;
}

namespace azid::commands {

// The JSON of an argument: a file's content where a file of that name is readable, else the text itself.
// Throws Error (fault::client) with az's words, in which Python's JSON reader says what is wrong.
Json json_argument(app::Context& context, const std::string& given);

// What Python's JSON reader says about a text that is no JSON: "Expecting value: line 1 column 1 (char 0)".
// Empty when it has nothing to say.
std::string python_json_complaint(std::string_view text);

}  // namespace azid::commands
