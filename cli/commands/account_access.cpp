#include "cli/commands/account_access.hpp"

#include "cli/commands/local_time.hpp"
#include "core/account/caller.hpp"
#include "core/arm/subscriptions.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/token_service.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

struct NamedResource {
    std::string_view name;
    std::string_view resource;
};
// What az's cloud settings hold for --resource-type.
constexpr NamedResource resources[] = {
    {"oss-rdbms", "https://ossrdbms-aad.database.windows.net"},
    {"arm", "https://management.core.windows.net/"},
    {"aad-graph", "https://graph.windows.net/"},
    {"ms-graph", "https://graph.microsoft.com/"},
    {"batch", "https://batch.core.windows.net/"},
    {"media", "https://rest.media.azure.net"},
    {"data-lake", "https://datalake.azure.net/"},
};

// --scope counts before --resource, and that before --resource-type.
std::string resource_of(const app::Args& args) {
    constexpr std::string_view everything = "/.default";
    const std::vector<std::string> scopes = args.list("scopes");
    if (!scopes.empty()) {
        const std::string& scope = scopes.front();
        return scope.ends_with(everything) ? scope.substr(0, scope.size() - everything.size()) : scope;
    }
    if (!args.text("resource").empty()) return args.text("resource");
    for (const NamedResource& known : resources)
        if (known.name == args.text("resource_type")) return std::string(known.resource);
    return "https://management.core.windows.net/";
}

// An account is at home in one tenant; in others it would have to be a guest, which azid has none of.
void require_at_home(Session& session, const account::Profile& profile, const std::string& tenant) {
    const entra::Tenant wanted = entra::tenant_of_path(session, tenant);
    if (iequals(wanted.id, profile.tenant_id)) return;
    if (profile.sign_in == account::SignIn::user)
        throw Error(
            fault::client,
            fmt::format("AADSTS50020: User account '{}' from identity provider "
                        "'https://sts.windows.net/{}/' does not exist in tenant '{}' and cannot "
                        "access the application '{}'(Microsoft Azure CLI) in that tenant. The account "
                        "needs to be added as an external user in the tenant first. Sign out and "
                        "sign in again with a different Azure Active Directory user account.",
                        profile.user_name, profile.tenant_id, wanted.display_name, entra::azure_cli_app_id));
    throw Error(fault::client, fmt::format("AADSTS700016: Application with identifier '{}' was not found in "
                                           "the directory '{}'.",
                                           profile.user_name, wanted.display_name));
}

}  // namespace

Json account_get_access_token(app::Context& context) {
    const app::Args& args = context.args;
    Session& session = context.session();
    const std::string tenant = args.text("tenant");
    if (!tenant.empty() && args.given("subscription"))
        throw Error(fault::client, "Please specify only one of subscription and tenant, not both");
    const account::Profile profile = account::current_profile(session, args.text("subscription"));
    if (!tenant.empty()) require_at_home(session, profile, tenant);
    session.caller = account::caller_of(session, profile);
    const entra::IssuedToken token = entra::issue_token_to_caller(session, resource_of(args));
    Json result{{"tokenType", "Bearer"},
                {"accessToken", token.access_token},
                {"expires_on", unix_seconds(token.expires)},
                {"expiresOn", local_text(from_unix_seconds(unix_seconds(token.expires)))},
                {"tenant", profile.tenant_id}};
    if (tenant.empty()) result["subscription"] = profile.subscription;
    return result;
}

Json account_list_locations(app::Context& context) {
    Json found = Json::array();
    for (const Json& location : arm::list_locations(context.session(), context.subscription,
                                                    context.args.flag("include_extended_locations")))
        found.push_back(location);
    return found;
}

}  // namespace azid::commands
