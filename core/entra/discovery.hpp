// The documents that clients read before they ask for tokens: OpenID Connect configuration and instance
// discovery.
#pragma once

#include "core/base/json.hpp"

#include <string_view>

namespace azid::entra {

// /{tenant}/v2.0/.well-known/openid-configuration, or the older one without "v2.0". The tenant is its id, or
// the name "common" or "organizations": then the issuer holds the placeholder {tenantid}.
Json openid_configuration(std::string_view tenant, bool v2);

// /common/discovery/instance for that tenant.
Json instance_discovery(std::string_view tenant);

// Whether the host is a name of the login service, now or in former years.
bool is_login_host(std::string_view host);

}  // namespace azid::entra
