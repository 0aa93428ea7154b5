// What "deployment ... create" and its like send: the template's file and the parameters, read and completed
// by az's rules.
#pragma once

#include "cli/app/context.hpp"
#include "core/arm/deployment_place.hpp"

#include <string>

namespace azid::commands {

// What az asks before anybody need be signed in: that a template is given.
void check_template_given(const app::Args& args, app::Messages& messages);

// The place that the command speaks of: the group of -g, or the subscription; the name of -n, or the one that
// az makes of the template's file.
arm::DeploymentPlace deployment_place(const app::Context& context);

// The body of the request, as az sends it: the file's own text among the JSON. Asks for missing parameters on
// a terminal. Throws Error (fault::client) with az's words.
std::string deployment_body(app::Context& context);

// json.dumps() as az calls it: ", " and ": " between, non-ASCII characters escaped.
std::string dumped(const Json& value);

}  // namespace azid::commands
