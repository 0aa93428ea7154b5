#include "core/account/caller.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/aadsts.hpp"
#include "core/entra/ports.hpp"

#include <fmt/format.h>

namespace azid::account {

namespace {

constexpr const char* interactive_hint = "Interactive authentication is needed. Please run:\naz login\n";
constexpr const char* certificate_hint =
    "The error may be caused by passing a service principal certificate with --password. Please note that "
    "--password no longer accepts a service principal certificate. To pass a service principal certificate, "
    "use --certificate instead.\n";

}  // namespace

Profile current_profile(Session& session, std::string_view wanted) {
    const std::vector<Profile> profiles = session.account.profiles();
    if (profiles.empty()) throw Error(fault::client, "Please run 'az login' to setup account.");
    for (const Profile& profile : profiles) {
        const bool match = wanted.empty()
                               ? profile.is_default
                               : iequals(profile.subscription, wanted) || iequals(profile.name, wanted);
        if (match) return profile;
    }
    if (wanted.empty()) return profiles.front();
    throw Error(
        fault::client,
        fmt::format("Subscription '{}' not found. Check the spelling and casing and try again.", wanted));
}

namespace {

std::string tenant_name(Session& session, const std::string& id) {
    const std::optional<entra::Tenant> tenant = session.entra.find_tenant(id);
    return tenant ? tenant->display_name : id;
}

Caller known_caller(Session& session, const Profile& profile) {
    Caller caller;
    caller.object_id = profile.principal_id;
    caller.tenant_id = profile.tenant_id;
    if (profile.sign_in == SignIn::user) {
        const std::optional<entra::User> user =
            session.entra.find_user(profile.tenant_id, profile.principal_id);
        if (!user)
            throw entra::refusal(entra::aadsts::user_not_found,
                                 {profile.user_name, tenant_name(session, profile.tenant_id)});
        if (!user->enabled) throw entra::refusal(entra::aadsts::user_disabled);
        caller.name = user->user_principal_name;
    } else {
        const std::optional<entra::ServicePrincipal> principal =
            session.entra.find_service_principal(profile.principal_id);
        if (!principal)
            throw entra::refusal(entra::aadsts::application_not_found,
                                 {profile.user_name, tenant_name(session, profile.tenant_id)});
        if (!principal->enabled)
            throw entra::refusal(entra::aadsts::application_disabled,
                                 {principal->app_id, principal->display_name});
        caller.is_user = false;
        caller.name = principal->app_id;
        caller.app_id = principal->app_id;
    }
    caller.groups = session.entra.transitive_groups(caller.object_id);
    return caller;
}

}  // namespace

Error told_refusal(Session& session, const Error& refusal) {
    const bool wrong_secret =
        refusal.inner_code() == std::to_string(entra::aadsts::invalid_client_secret.number);
    Error error(refusal.fault(),
                fmt::format("{} Trace ID: {} Correlation ID: {} Timestamp: {}", refusal.message(),
                            new_guid(session.random), new_guid(session.random),
                            replace_all(utc_seconds(session.now), "T", " ")));
    error.with_inner_code(refusal.inner_code());
    error.with_hint(wrong_secret ? certificate_hint : interactive_hint);
    return error;
}

Caller caller_of(Session& session, const Profile& profile) {
    try {
        return known_caller(session, profile);
    } catch (const Error& error) {
        if (error.fault().surface != Surface::entra) throw;
        throw told_refusal(session, error);
    }
}

}  // namespace azid::account
