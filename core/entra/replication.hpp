// Replication lag of the directory, off by default (entra.replication): a new service principal works at once
// for those who were given it, but Microsoft Graph and role assignments do not find it for a while. Sources:
// "Assign Azure roles using templates" (PrincipalNotFound, principalType) and az's own retries.
#pragma once

#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <optional>
#include <string_view>

namespace azid::entra {

// A service principal was made: from here on it spreads. Nothing happens while the setting is off.
void begin_replication(Session& session, std::string_view object_id);

// Whether readers of the directory find it. Anything but a service principal is there at once.
bool is_visible(Session& session, std::string_view object_id);

// The principal of that object id, as readers of the directory find it. Empty where there is none, or not
// yet.
std::optional<Principal> visible_principal(Session& session, std::string_view object_id);

// The same by appId or another of its names, in the caller's tenant.
std::optional<ServicePrincipal> visible_service_principal_named(Session& session, std::string_view name);

}  // namespace azid::entra
