#include "core/account/subscriptions.hpp"

#include "core/account/seed.hpp"
#include "core/arm/management_groups.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"
#include "core/rbac/ownership.hpp"

#include <fmt/format.h>

namespace azid::account {

namespace {

entra::Tenant tenant_for(Session& session, const std::string& wanted) {
    const std::string name = wanted.empty() ? session.caller.tenant_id : wanted;
    const std::optional<entra::Tenant> found = session.entra.find_tenant(name);
    if (found) return *found;
    throw Error(fault::client, fmt::format("There is no tenant '{}'. 'azid tenant add' makes one.", name));
}

std::string id_for(Session& session, const std::string& wanted) {
    if (wanted.empty()) return new_guid(session.random);
    if (!is_guid(wanted))
        throw Error(fault::client, fmt::format("'{}' is no subscription id: it must be a GUID.", wanted));
    if (session.arm.find_subscription(wanted))
        throw Error(fault::client, fmt::format("There is a subscription '{}' already.", wanted));
    return lower(wanted);
}

// Whose account it becomes, without its subscription.
Profile owner_in(Session& session, const entra::Tenant& tenant) {
    if (iequals(tenant.id, session.caller.tenant_id))
        for (const Profile& profile : session.account.profiles())
            if (iequals(profile.principal_id, session.caller.object_id)) return profile;
    for (const entra::DirectoryRoleAssignment& given : session.entra.directory_roles(tenant.id)) {
        if (given.role_template_id != entra::global_administrator) continue;
        const std::optional<entra::User> user = session.entra.find_user(tenant.id, given.principal_id);
        if (user) return {"", user->id, user->user_principal_name, SignIn::user, "", tenant.id, "", false};
    }
    throw Error(fault::client,
                fmt::format("The tenant '{}' has no Global Administrator who could own the subscription.",
                            tenant.default_domain));
}

// In a tenant's very own tree, the caller being of another one.
void place(Session& session, const arm::Subscription& subscription) {
    const std::string group = arm::default_management_group(session, subscription.tenant_id);
    if (!group.empty()) session.arm.place_subscription(subscription.id, group);
}

}  // namespace

Profile add_subscription(Session& session, const NewSubscription& wanted) {
    const entra::Tenant tenant = tenant_for(session, wanted.tenant);
    arm::Subscription subscription;
    subscription.id = id_for(session, wanted.id);
    subscription.name = wanted.name;
    subscription.tenant_id = tenant.id;
    subscription.state = wanted.state;
    session.arm.save(subscription);
    place(session, subscription);
    Profile owner = owner_in(session, tenant);
    rbac::make_owner(session, owner.principal_id, owner.sign_in == SignIn::user ? "User" : "ServicePrincipal",
                     arm::subscription_scope(subscription.id));
    owner.subscription = subscription.id;
    owner.name = subscription.name;
    owner.is_default = false;
    session.account.save(owner);
    session.note("arm", "subscription created", arm::subscription_scope(subscription.id));
    return owner;
}

entra::Tenant add_tenant(Session& session, std::string_view name, std::string_view domain) {
    if (session.entra.find_tenant(domain))
        throw Error(fault::client, fmt::format("There is a tenant with the domain '{}' already.", domain));
    return seed_tenant(session, name, domain).tenant;
}

}  // namespace azid::account
