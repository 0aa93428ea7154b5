#include "cli/commands/subscription.hpp"

#include "cli/commands/account.hpp"
#include "core/account/sign_in.hpp"
#include "core/account/subscriptions.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::commands {

namespace {

Json wire(const entra::Tenant& tenant) {
    return {{"tenantId", tenant.id},
            {"displayName", tenant.display_name},
            {"defaultDomain", tenant.default_domain}};
}

// --domain, else one made of the name: "Fabrikam Ltd" gives fabrikamltd.onmicrosoft.com.
std::string domain_of(const app::Args& args, const std::string& name) {
    if (args.given("domain")) return lower(args.text("domain"));
    std::string label;
    for (const char c : lower(name))
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) label += c;
    if (label.empty())
        throw Error(fault::client,
                    fmt::format("No domain can be made of the name '{}': give one with --domain.", name));
    return label + ".onmicrosoft.com";
}

}  // namespace

Json subscription_add(app::Context& context) {
    const app::Args& args = context.args;
    Session& session = context.session();
    account::NewSubscription wanted;
    wanted.name = args.text("name");
    wanted.id = args.text("id");
    wanted.tenant = args.text("tenant");
    wanted.state = args.text("state");
    if (args.given("new_tenant")) {
        if (args.given("tenant")) throw Error(fault::client, "Give either --tenant or --new-tenant.");
        wanted.tenant =
            account::add_tenant(session, args.text("new_tenant"), domain_of(args, args.text("new_tenant")))
                .id;
    }
    account::Profile made = account::add_subscription(session, wanted);
    if (args.flag("use")) {
        account::choose(session, made.subscription);
        made.is_default = true;
    }
    return account_wire(session, made, "cloudName");
}

Json tenant_add(app::Context& context) {
    const std::string name = context.args.text("name");
    const entra::Tenant tenant = account::add_tenant(context.session(), name, domain_of(context.args, name));
    Json shown = wire(tenant);
    shown["administrator"] = "admin@" + tenant.default_domain;
    return shown;
}

Json tenant_list(app::Context& context) {
    Json found = Json::array();
    for (const entra::Tenant& tenant : context.session().entra.tenants()) found.push_back(wire(tenant));
    return found;
}

}  // namespace azid::commands
