// az's shapes of App Service's answers, and what the commands on apps share.
#pragma once

#include "cli/app/context.hpp"
#include "core/arm/model.hpp"
#include "core/base/json.hpp"

#include <optional>
#include <string>

namespace azid::commands {

// The app as az's model of 2.74 shows it.
Json shaped_site(const Json& body);
// The same as "show" and "list" print it: the plan's id under appServicePlanId.
Json listed_site(const Json& body);
Json shaped_plan(const Json& body);
// The app's configuration as "show" prints it under siteConfig.
Json shaped_config(const Json& body);

// The app that -g and -n name.
arm::ResourceId site_id(const app::Context& context);
// The plan of --plan: an id, or a name, looked for in the group and, where everywhere is said, in the whole
// subscription. Empty when there is none. Throws Error (fault::client) when several have that name.
std::optional<arm::Resource> plan_named(app::Context& context, const std::string& plan, bool everywhere);
// {"name":...,"value":...} as app settings are sent.
Json app_setting(std::string_view name, std::string_view value);
// The id of the subnet that --vnet and --subnet name, which must exist in that region; empty when neither is
// given. Throws Error in az's words.
std::string subnet_for(app::Context& context, const std::string& location);
// Gives the app the identities of --assign-identity or --identities, and the role of --role at --scope where
// there is a scope; answers the app's identity block as it is then.
Json assign_to_app(app::Context& context, const arm::ResourceId& site);

}  // namespace azid::commands
