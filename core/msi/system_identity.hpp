// The system-assigned identity of a resource, as its extension resource
// "{scope}/providers/Microsoft.ManagedIdentity/identities/default" shows it.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>

namespace azid::msi {

// Throws Error: AuthorizationFailed, ResourceNotFound where there is no such resource, or it has none of its
// own.
Json get_system_identity(Session& session, std::string_view scope);

}  // namespace azid::msi
