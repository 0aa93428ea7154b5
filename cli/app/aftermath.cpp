#include "cli/app/aftermath.hpp"

#include "cli/app/context.hpp"
#include "cli/app/environment.hpp"
#include "cli/app/lazy_state.hpp"
#include "core/account/caller.hpp"
#include "core/arm/providers.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::app {

void write_report(State& state, const Environment& environment, const events::Report& report) {
    if (!report.empty()) write_reports(state, environment, {report});
}

void write_reports(State& state, const Environment& environment, const std::vector<events::Report>& reports) {
    try {
        KeyPool keys;
        const std::unique_ptr<Transaction> transaction = state.begin();
        const Session session = transaction->session({}, environment.now(), *environment.random, keys);
        for (const events::Report& report : reports) session.events.write(report);
        transaction->commit();
    } catch (const Error&) {
        return;
    }
}

bool register_provider_for(const Error& error, const spec::Command& command, const Args& args,
                           LazyState& state, Messages& messages, const Environment& environment) {
    if (error.fault().code != fault::missing_subscription_registration.code || error.details().empty() ||
        command.anonymous)
        return false;
    const std::string provider = error.details().front().target;
    KeyPool keys;
    const std::unique_ptr<Transaction> transaction = state.open().begin();
    Session session = transaction->session({}, environment.now(), *environment.random, keys);
    const account::Profile profile = account::current_profile(session, args.text("_subscription"));
    session.caller = account::caller_of(session, profile);
    try {
        arm::register_provider(session, profile.subscription, provider);
    } catch (const Error&) {
        return false;
    }
    transaction->commit();
    messages.warn(fmt::format(
        "Resource provider '{}' used by this operation is not registered. We are registering for you.",
        provider));
    messages.warn("Registration succeeded.");
    return true;
}

}  // namespace azid::app
