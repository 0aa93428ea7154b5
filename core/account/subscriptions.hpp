// More subscriptions and tenants to practise with.
#pragma once

#include "core/account/ports.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string>
#include <string_view>

namespace azid::account {

struct NewSubscription {
    std::string name;
    std::string id = {};      // a GUID; empty: a new one
    std::string tenant = {};  // id or domain; empty: the caller's
    std::string state = "Enabled";
};

// Makes a subscription, which its maker owns: the caller in the own tenant, in another one the first
// Global Administrator there. It goes where the tenant's hierarchy settings say. Gives the owner's account
// on it, which is kept among those signed in. Throws Error (fault::client) when the id is none or is taken,
// or there is no such tenant.
Profile add_subscription(Session& session, const NewSubscription& wanted);

// Makes a tenant with an administrator ("admin@" its domain) and Microsoft's own services in its directory.
// Throws Error (fault::client) when the domain is taken.
entra::Tenant add_tenant(Session& session, std::string_view name, std::string_view domain);

}  // namespace azid::account
