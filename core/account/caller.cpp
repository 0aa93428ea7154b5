#include "core/account/caller.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"

#include <fmt/format.h>

namespace azid::account {

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

Caller caller_of(Session& session, const Profile& profile) {
    Caller caller;
    caller.object_id = profile.principal_id;
    caller.tenant_id = profile.tenant_id;
    if (profile.sign_in == SignIn::user) {
        const std::optional<entra::User> user =
            session.entra.find_user(profile.tenant_id, profile.principal_id);
        if (!user)
            throw Error(
                fault::client,
                fmt::format("AADSTS50034: The user account {} does not exist in the directory any more. "
                            "Run 'az login' to sign in again.",
                            profile.user_name));
        caller.name = user->user_principal_name;
    } else {
        const std::optional<entra::ServicePrincipal> principal =
            session.entra.find_service_principal(profile.principal_id);
        if (!principal)
            throw Error(fault::client,
                        fmt::format("AADSTS700016: Application with identifier '{}' was not found in the "
                                    "directory any more. Run 'az login' to sign in again.",
                                    profile.user_name));
        caller.is_user = false;
        caller.name = principal->app_id;
        caller.app_id = principal->app_id;
    }
    caller.groups = session.entra.transitive_groups(caller.object_id);
    return caller;
}

}  // namespace azid::account
