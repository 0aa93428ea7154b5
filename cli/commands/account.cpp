#include "cli/commands/account.hpp"

#include "core/account/caller.hpp"
#include "core/account/sign_in.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

std::string state_of(Session& session, const account::Profile& profile) {
    const std::optional<arm::Subscription> subscription = session.arm.find_subscription(profile.subscription);
    return subscription ? subscription->state : "Enabled";
}

}  // namespace

Json account_wire(Session& session, const account::Profile& profile, std::string_view cloud_key) {
    const bool is_user = profile.sign_in == account::SignIn::user;
    Json user;
    if (!profile.assigned_identity.empty()) user["assignedIdentityInfo"] = profile.assigned_identity;
    user["name"] = profile.user_name;
    user["type"] = is_user ? "user" : "servicePrincipal";
    return {{std::string(cloud_key), "AzureCloud"},
            {"homeTenantId", profile.tenant_id},
            {"id", profile.subscription},
            {"isDefault", profile.is_default},
            {"managedByTenants", Json::array()},
            {"name", profile.name},
            {"state", state_of(session, profile)},
            {"tenantId", profile.tenant_id},
            {"user", std::move(user)}};
}

Json account_show(app::Context& context) {
    const account::Profile profile =
        account::current_profile(context.session(), context.args.text("subscription"));
    return account_wire(context.session(), profile, "environmentName");
}

Json account_list(app::Context& context) {
    Session& session = context.session();
    if (context.args.flag("refresh")) account::refresh(session);
    Json shown = Json::array();
    bool skipped = false;
    const std::vector<account::Profile> profiles = session.account.profiles();
    for (const account::Profile& profile : profiles) {
        if (context.args.flag("all") || state_of(session, profile) == "Enabled")
            shown.push_back(account_wire(session, profile, "cloudName"));
        else
            skipped = true;
    }
    if (profiles.empty()) context.messages.warn("Please run \"az login\" to access your accounts.");
    if (skipped)
        context.messages.warn(
            "A few accounts are skipped as they don't have 'Enabled' state. Use '--all' to display them.");
    return shown;
}

Json account_set(app::Context& context) {
    account::choose(context.session(), context.args.text("subscription"));
    return nullptr;
}

Json account_clear(app::Context& context) {
    context.session().account.erase_all_profiles();
    return nullptr;
}

Json logout(app::Context& context) {
    Session& session = context.session();
    if (session.account.profiles().empty()) throw Error(fault::client, "There are no active accounts.");
    account::sign_out(session, context.args.text("username"));
    return nullptr;
}

}  // namespace azid::commands
