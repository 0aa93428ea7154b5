// Resource providers of a subscription: which there are, whether they are registered, what operations they
// know.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>
#include <vector>

namespace azid::arm {

// Throws Error (fault::missing_subscription_registration) in ARM's words when the action is a write of a
// provider that the subscription is not registered for. Those that azid serves are registered until somebody
// unregisters them.
void require_registration(Session& session, std::string_view action, std::string_view scope);

// The provider as ARM shows it. Throws Error (fault::invalid_resource_namespace) for a name that neither
// azid nor its list of Azure's providers has.
Json get_provider(Session& session, std::string_view subscription, std::string_view name);
// All that azid serves, then those it knows by name only, which are not registered at first.
std::vector<Json> list_providers(Session& session, std::string_view subscription);
// POST .../register and .../unregister. The answer says "Registering" ("Unregistering") when the state
// changes by it, as Azure's does; it has changed at the next look. Throws Error: AuthorizationFailed;
// fault::conflict when resources of the provider are left.
Json register_provider(Session& session, std::string_view subscription, std::string_view name);
Json unregister_provider(Session& session, std::string_view subscription, std::string_view name);

// The operations that azid knows of a provider: those of the types it serves and those that built-in roles
// name. {"id","type","name","displayName","resourceTypes":[...],"operations":[...]}.
// Throws Error (fault::invalid_resource_namespace).
Json provider_operations(std::string_view name);
std::vector<Json> all_provider_operations();

}  // namespace azid::arm
