#include "core/account/seed.hpp"

#include "core/account/ports.hpp"
#include "core/arm/ports.hpp"
#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/clock/clock.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ownership.hpp"
#include "core/rbac/ports.hpp"

namespace azid::account {

namespace {

constexpr const char* global_administrator = "62e90394-69f5-4237-9190-012177145e10";

// Microsoft's own appIds of the services modelled here.
constexpr FirstPartyApi first_party_apis[] = {
    {"797f4846-ba00-4fd7-ba43-dac1f8f63013", "Windows Azure Service Management API",
     "https://management.azure.com/ https://management.core.windows.net/"},
    {"cfa8b339-82a2-471a-a3c9-0fc0be7a4093", "Azure Key Vault", "https://vault.azure.net"},
    {"e406a681-f3d4-42a8-90b6-c2b029497af1", "Azure Storage", "https://storage.azure.com/"},
    {"00000003-0000-0000-c000-000000000000", "Microsoft Graph", "https://graph.microsoft.com"},
};

entra::User administrator(const entra::Tenant& tenant, Session& session) {
    entra::User user;
    user.id = new_guid(session.random);
    user.tenant_id = tenant.id;
    user.user_principal_name = "admin@" + tenant.default_domain;
    user.display_name = "Admin";
    user.mail_nickname = "admin";
    user.created = session.now;
    return user;
}

void seed_apis(const entra::Tenant& tenant, Session& session) {
    for (const FirstPartyApi& api : first_party_apis) {
        entra::ServicePrincipal principal;
        principal.id = new_guid(session.random);
        principal.tenant_id = tenant.id;
        principal.app_id = api.app_id;
        principal.display_name = api.display_name;
        principal.type = "Application";
        principal.names = split(std::string(api.app_id) + " " + api.uris, ' ');
        principal.created = session.now;
        session.entra.save(principal);
    }
}

void seed(const SeedOptions& options, Session& session) {
    const SeededTenant home = seed_tenant(session, options.tenant_name, options.tenant_domain);
    const entra::User& user = home.administrator;
    const arm::Subscription subscription{new_guid(session.random), options.subscription_name, home.tenant.id,
                                         "Enabled"};
    session.arm.save(subscription);
    for (const rbac::RoleDefinition& role : rbac::builtin_roles()) session.rbac.save(role);
    rbac::make_owner(session, user.id, "User", arm::subscription_scope(subscription.id));
    session.account.save(Profile{subscription.id, user.id, user.user_principal_name, SignIn::user, "",
                                 home.tenant.id, subscription.name, true});
}

}  // namespace

SeededTenant seed_tenant(Session& session, std::string_view name, std::string_view domain) {
    const entra::Tenant tenant{new_guid(session.random), std::string(name), std::string(domain)};
    session.entra.save(tenant);
    const entra::User user = administrator(tenant, session);
    session.entra.save(user);
    session.entra.save(entra::DirectoryRoleAssignment{new_guid(session.random), tenant.id, user.id,
                                                      global_administrator, "/"});
    seed_apis(tenant, session);
    return {tenant, user};
}

void seed_if_new(State& state, const SeedOptions& options, Instant now, Random& random) {
    KeyPool keys;
    const std::unique_ptr<Transaction> transaction = state.begin();
    if (!state.is_new()) return;
    if (!options.seed.empty()) transaction->plant(options.seed);
    Session session = transaction->session({}, now, random, keys);
    if (!options.seed.empty()) clock::start_seeded(session, seeded_start);
    seed(options, session);
    transaction->commit();
}

}  // namespace azid::account
