#include "cli/commands/state.hpp"

#include "cli/app/environment.hpp"
#include "cli/app/seeded_state.hpp"
#include "core/account/ports.hpp"
#include "core/account/seed.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

void check_domain(const std::string& domain) {
    const bool sound = domain.size() <= 253 && domain.find('.') != std::string::npos &&
                       !domain.starts_with('.') && !domain.ends_with('.') &&
                       std::all_of(domain.begin(), domain.end(), [](unsigned char c) {
                           return std::isalnum(c) != 0 || c == '.' || c == '-';
                       });
    if (!sound)
        throw Error(fault::client,
                    fmt::format("'{}' is no domain name, such as contoso.onmicrosoft.com.", domain));
}

account::SeedOptions options_of(const app::Args& args) {
    account::SeedOptions options;
    if (args.given("seed")) options.seed = app::checked_seed(args.text("seed"));
    if (args.given("subscription_name")) options.subscription_name = args.text("subscription_name");
    if (trim(options.subscription_name).empty()) throw Error(fault::client, "A subscription needs a name.");
    if (!args.given("tenant_domain")) return options;
    options.tenant_domain = lower(args.text("tenant_domain"));
    check_domain(options.tenant_domain);
    options.tenant_name = options.tenant_domain.substr(0, options.tenant_domain.find('.'));
    return options;
}

Json overview(Session& session, const std::string& path) {
    Json body{{"path", path}};
    body["tenants"] = Json::array();
    size_t users = 0;
    size_t groups = 0;
    size_t identities = 0;
    for (const entra::Tenant& tenant : session.entra.tenants()) {
        body["tenants"].push_back(
            {{"id", tenant.id}, {"name", tenant.display_name}, {"domain", tenant.default_domain}});
        const entra::DirectorySize size = session.entra.size_of(tenant.id);
        users += size.users;
        groups += size.groups;
        identities += size.managed_identities;
    }
    body["subscriptions"] = Json::array();
    size_t resource_groups = 0;
    size_t resources = 0;
    for (const arm::Subscription& subscription : session.arm.subscriptions()) {
        body["subscriptions"].push_back({{"id", subscription.id}, {"name", subscription.name}});
        resource_groups += session.arm.groups(subscription.id).size();
        resources += session.arm.count_resources(subscription.id);
    }
    body["signedIn"] = nullptr;
    for (const account::Profile& profile : session.account.profiles())
        if (profile.is_default) body["signedIn"] = profile.user_name;
    body["holds"] = {{"resourceGroups", resource_groups},
                     {"resources", resources},
                     {"users", users},
                     {"groups", groups},
                     {"managedIdentities", identities},
                     {"roleAssignments", session.rbac.count_role_assignments()}};
    return body;
}

Json overview_of(const app::Context& context, State& state) {
    KeyPool keys;
    const std::unique_ptr<Transaction> transaction = state.begin_reading();
    Session session = transaction->session({}, context.environment.now(), *context.environment.random, keys);
    Json body = overview(session, state.path());
    body["seed"] = state.seed().empty() ? Json(nullptr) : Json(state.seed());
    return body;
}

// Begins the state anew in one go.
void erase(State& state) {
    const std::unique_ptr<Transaction> transaction = state.begin();
    transaction->erase_everything();
    transaction->commit();
}

}  // namespace

std::unique_ptr<State> opened(const app::Context& context) {
    std::unique_ptr<State> state = context.environment.open_state(context.state_path);
    if (state->is_new() && app::fill(*state, {}, context.environment))
        context.messages.warn(app::seed_warning);
    return state;
}

Json state_init(app::Context& context) {
    const account::SeedOptions options = options_of(context.args);
    const app::Environment& environment = context.environment;
    const std::unique_ptr<State> state = environment.open_state(context.state_path);
    if (!state->is_new()) {
        if (!context.args.flag("force"))
            throw Error(
                fault::client,
                fmt::format("There is a state in '{}' already. With --force it is lost and a new one begun.",
                            state->path()));
        app::seed_of_variable(environment);  // refuses what cannot be one before anything is lost
        erase(*state);
    }
    if (app::fill(*state, options, environment)) context.messages.warn(app::seed_warning);
    state->checkpoint();
    return overview_of(context, *state);
}

Json state_reset(app::Context& context) {
    const std::unique_ptr<State> state = opened(context);
    account::SeedOptions options;
    options.seed = state->seed();
    {
        KeyPool keys;
        const std::unique_ptr<Transaction> transaction = state->begin_reading();
        Session session =
            transaction->session({}, context.environment.now(), *context.environment.random, keys);
        const std::vector<entra::Tenant> tenants = session.entra.tenants();
        if (!tenants.empty()) {
            options.tenant_domain = tenants.front().default_domain;
            options.tenant_name = tenants.front().display_name;
        }
        const std::vector<arm::Subscription> subscriptions = session.arm.subscriptions();
        if (!subscriptions.empty()) options.subscription_name = subscriptions.front().name;
    }
    erase(*state);
    account::seed_if_new(*state, options, context.environment.now(), *context.environment.random);
    state->checkpoint();
    return overview_of(context, *state);
}

Json state_show(app::Context& context) {
    const std::unique_ptr<State> state = opened(context);
    state->checkpoint();
    return overview_of(context, *state);
}

Json state_path(app::Context& context) {
    const std::unique_ptr<State> state = opened(context);
    state->checkpoint();
    return state->path();
}

}  // namespace azid::commands
