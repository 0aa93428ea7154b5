// What a new state holds: a tenant, a subscription, a signed-in administrator who owns it, and the built-in
// roles.
#pragma once

#include "core/base/state.hpp"
#include "core/base/time.hpp"
#include "core/entra/model.hpp"

#include <string>
#include <string_view>

namespace azid::account {

struct SeedOptions {
    std::string tenant_name = "Contoso";
    std::string tenant_domain = "contoso.onmicrosoft.com";
    std::string subscription_name = "Azure subscription 1";
    std::string seed;  // everything is drawn from it, and the clock stands still; empty: from the dice given
};

// The instant at which the clock of a seeded state stands still at first: 2026-01-01T00:00:00Z.
inline constexpr Instant seeded_start = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};

// Fills the state in one transaction, unless another process has done so in the meantime.
void seed_if_new(State& state, const SeedOptions& options, Instant now, Random& random);

// A new tenant with an administrator, who is Global Administrator, and Microsoft's services in its directory.
struct SeededTenant {
    entra::Tenant tenant;
    entra::User administrator;
};
SeededTenant seed_tenant(Session& session, std::string_view name, std::string_view domain);

// Service principals that every tenant has: the APIs that tokens are asked for.
struct FirstPartyApi {
    const char* app_id;
    const char* display_name;
    const char* uris;  // space-separated
};

}  // namespace azid::account
