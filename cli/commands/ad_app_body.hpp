// What the options of "az ad app create" and "update" come to for Microsoft Graph.
#pragma once

#include "cli/app/context.hpp"
#include "core/base/json.hpp"

namespace azid::commands {

// Graph's application with the members that options name. Throws Error (fault::client) for JSON that is none.
Json application_body(app::Context& context);

// Makes the application; or, as az does, patches the one that has the same display name (and all the given
// identifier URIs), with a warning. Gives the application as Graph shows it. Throws Error (fault::client)
// where several have the name.
Json create_or_patch_application(app::Context& context, const Json& body);

}  // namespace azid::commands
