#include "core/account/sign_in.hpp"

#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/aadsts.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"
#include "core/entra/token_service.hpp"
#include "core/entra/users.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/scope.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azid::account {

namespace {

std::vector<std::string> principals_of(Session& session, std::string_view principal_id) {
    std::vector<std::string> all = session.entra.transitive_groups(principal_id);
    all.emplace_back(principal_id);
    return all;
}

bool is_in_or_above(Session& session, const std::string& scope, const arm::Subscription& subscription) {
    const std::string own = arm::subscription_scope(subscription.id);
    if (rbac::covers(own, scope)) return true;
    const std::vector<std::string> chain =
        rbac::scope_chain(own, session.arm.management_groups_above(subscription.id));
    return std::any_of(chain.begin(), chain.end(),
                       [&](const std::string& above) { return rbac::same_scope(above, scope); });
}

Profile profile_of(const Arrival& arrival, const std::string& subscription, const std::string& name) {
    return {subscription,
            arrival.principal_id,
            arrival.user_name,
            arrival.sign_in,
            arrival.assigned_identity,
            arrival.tenant_id,
            name,
            false};
}

std::vector<Profile> profiles_of(Session& session, const Arrival& arrival) {
    std::vector<Profile> profiles;
    for (const arm::Subscription& subscription :
         visible_subscriptions(session, arrival.principal_id, arrival.tenant_id))
        profiles.push_back(profile_of(arrival, subscription.id, subscription.name));
    return profiles;
}

[[noreturn]] void refuse_without_subscription(const Arrival& arrival) {
    if (arrival.sign_in == SignIn::managed_identity)
        throw Error(fault::client,
                    "No access was configured for the VM, hence no subscriptions were found. If this is "
                    "expected, use "
                    "'--allow-no-subscriptions' to have tenant level access.");
    throw Error(fault::client, fmt::format("No subscriptions found for {}.", arrival.user_name));
}

void keep(Session& session, const std::vector<Profile>& profiles) {
    session.account.erase_all_profiles();
    for (const Profile& profile : profiles) session.account.save(profile);
}

// The new accounts take the place of older ones on the same subscriptions; the default stays on its
// subscription when the newcomer sees it, else goes to the newcomer's first.
void merge(Session& session, std::vector<Profile>& fresh) {
    std::vector<Profile> all = session.account.profiles();
    const auto active =
        std::find_if(all.begin(), all.end(), [](const Profile& old) { return old.is_default; });
    const std::string active_subscription = active == all.end() ? std::string() : active->subscription;
    const auto kept = std::find_if(fresh.begin(), fresh.end(), [&](const Profile& profile) {
        return iequals(profile.subscription, active_subscription);
    });
    (kept == fresh.end() ? fresh.front() : *kept).is_default = true;
    for (Profile& old : all) old.is_default = false;
    for (const Profile& profile : fresh) {
        const auto place = std::find_if(all.begin(), all.end(), [&](const Profile& old) {
            return iequals(old.subscription, profile.subscription);
        });
        if (place == all.end())
            all.push_back(profile);
        else
            *place = profile;
    }
    keep(session, all);
}

Arrival arrival_of(const entra::User& user) {
    return {user.id, user.user_principal_name, SignIn::user, "", user.tenant_id};
}

Arrival arrival_of(const entra::ServicePrincipal& principal) {
    return {principal.id, principal.app_id, SignIn::service_principal, "", principal.tenant_id};
}

}  // namespace

std::vector<arm::Subscription> visible_subscriptions(Session& session, std::string_view principal_id,
                                                     std::string_view tenant_id) {
    const std::vector<rbac::RoleAssignment> given =
        session.rbac.role_assignments_of(principals_of(session, principal_id));
    std::vector<arm::Subscription> visible;
    for (const arm::Subscription& subscription : session.arm.subscriptions()) {
        if (!iequals(subscription.tenant_id, tenant_id)) continue;
        if (std::any_of(given.begin(), given.end(), [&](const rbac::RoleAssignment& assignment) {
                return is_in_or_above(session, assignment.scope, subscription);
            }))
            visible.push_back(subscription);
    }
    return visible;
}

std::vector<Profile> sign_in(Session& session, const Arrival& arrival, bool allow_none) {
    std::vector<Profile> fresh = profiles_of(session, arrival);
    if (fresh.empty()) {
        if (!allow_none) refuse_without_subscription(arrival);
        fresh.push_back(profile_of(arrival, arrival.tenant_id, "N/A(tenant level account)"));
    }
    merge(session, fresh);
    session.note("entra", "signed in", arrival.principal_id);
    return fresh;
}

Arrival administrator(Session& session) {
    for (const entra::Tenant& tenant : session.entra.tenants())
        for (const entra::DirectoryRoleAssignment& given : session.entra.directory_roles(tenant.id)) {
            if (given.role_template_id != entra::global_administrator) continue;
            const std::optional<entra::User> user = session.entra.find_user(tenant.id, given.principal_id);
            if (user && user->enabled) return arrival_of(*user);
        }
    throw Error(fault::client,
                "No user is a Global Administrator any more. Sign in with --username, or with --as.");
}

Arrival user_with_password(Session& session, std::string_view tenant, std::string_view user_name,
                           std::string_view password) {
    entra::TokenRequest request;
    const size_t at = user_name.rfind('@');
    request.tenant = !tenant.empty()                ? tenant
                     : at == std::string_view::npos ? user_name
                                                    : user_name.substr(at + 1);
    request.grant_type = "password";
    request.client_id = entra::azure_cli_app_id;
    request.username = user_name;
    request.password = password;
    request.scope = "https://management.core.windows.net//.default";
    const entra::IssuedToken token = entra::issue_token(session, request);
    const std::optional<entra::User> user =
        session.entra.find_user(entra::tenant_of_path(session, request.tenant).id, token.principal_id);
    if (!user) throw entra::refusal(entra::aadsts::user_not_found, {user_name, request.tenant});
    return arrival_of(*user);
}

Arrival anybody(Session& session, std::string_view name) {
    for (const entra::Tenant& tenant : session.entra.tenants()) {
        if (const std::optional<entra::User> user = session.entra.find_user(tenant.id, name))
            return arrival_of(*user);
        if (const auto principal = session.entra.find_service_principal_named(tenant.id, name))
            return arrival_of(*principal);
    }
    if (const auto principal = session.entra.find_service_principal(name)) return arrival_of(*principal);
    throw Error(fault::client,
                fmt::format("The directory has no user or service principal '{}'. Name a user by UPN, a "
                            "service principal by appId, or either by object id.",
                            name));
}

bool sign_out(Session& session, std::string_view user_name) {
    std::vector<Profile> all = session.account.profiles();
    if (all.empty()) return false;
    std::string name(user_name);
    if (name.empty()) {
        const auto active =
            std::find_if(all.begin(), all.end(), [](const Profile& one) { return one.is_default; });
        name = (active == all.end() ? all.front() : *active).user_name;
    }
    const size_t before = all.size();
    std::erase_if(all, [&](const Profile& one) { return iequals(one.user_name, name); });
    if (all.size() == before) return false;
    keep(session, all);
    return true;
}

void choose(Session& session, std::string_view subscription) {
    std::vector<Profile> all = session.account.profiles();
    const auto wanted = std::find_if(all.begin(), all.end(), [&](const Profile& one) {
        return iequals(one.subscription, subscription) || iequals(one.name, subscription);
    });
    if (wanted == all.end())
        throw Error(
            fault::client,
            fmt::format("The subscription of '{}' doesn't exist in cloud 'AzureCloud'.", subscription));
    for (Profile& one : all) one.is_default = &one == &*wanted;
    keep(session, all);
}

void refresh(Session& session) {
    const std::vector<Profile> before = session.account.profiles();
    std::vector<std::string> seen;
    for (const Profile& old : before) {
        if (std::find(seen.begin(), seen.end(), old.principal_id) != seen.end()) continue;
        seen.push_back(old.principal_id);
        const Arrival arrival{old.principal_id, old.user_name, old.sign_in, old.assigned_identity,
                              old.tenant_id};
        std::vector<Profile> fresh = profiles_of(session, arrival);
        if (!fresh.empty()) merge(session, fresh);
    }
}

}  // namespace azid::account
