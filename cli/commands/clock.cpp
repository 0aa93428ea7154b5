#include "cli/commands/clock.hpp"

#include "cli/app/environment.hpp"
#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/clock/clock.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// The clock as the command found it, and the machine's at one instant.
struct Found {
    clock::Record record;
    Instant machine;
};

Found found(const app::Context& context) {
    return {context.session().account.clock().value_or(clock::Record{}), context.environment.now()};
}

Json shown(const app::Context& context, const Found& found) {
    const auto& [record, machine] = found;
    const std::optional<Instant> given = app::instant_of_variable(context.environment);
    const Instant now = given ? *given : clock::instant(record, machine);
    const auto nearest = std::chrono::round<std::chrono::milliseconds>(now - machine);
    const bool stands = given || record.stands_at;
    return {{"now", utc_ticks(now)},
            {"state", stands ? "frozen" : "running"},
            // Of a seeded state the same is said on every day.
            {"aheadOfMachine", record.seeded_start ? Json(nullptr) : Json(clock::duration_text(nearest))},
            {"seededStart", record.seeded_start ? Json(utc_ticks(*record.seeded_start)) : Json(nullptr)},
            {"source", given                       ? "AZID_NOW"
                       : record == clock::Record{} ? "machine"
                                                   : "state"}};
}

// Keeps the clock as it was changed, and shows it.
Json keep(const app::Context& context, const Found& before, const clock::Record& after) {
    Session& session = context.session();
    const Instant from = clock::instant(before.record, before.machine);
    const Instant to = clock::instant(after, before.machine);
    if (app::instant_of_variable(context.environment))
        context.messages.warn("AZID_NOW hides the state's clock as long as it is set.");
    if (to < from)
        context.messages.warn(
            "The clock goes back. What was made later than it now shows stays, with dates that are still to "
            "come; tokens of later are not valid yet.");
    if (before.record != after) {
        session.account.save(after);
        session.now = to;
        session.note("clock", "clock changed", "clock",
                     compact({{"from", utc_ticks(from)}, {"to", utc_ticks(to)}}));
    }
    return shown(context, {after, before.machine});
}

}  // namespace

Json clock_show(app::Context& context) { return shown(context, found(context)); }

Json clock_set(app::Context& context) {
    const std::string text = context.args.text("instant");
    const std::optional<Instant> to = clock::parse_instant(text);
    if (!to)
        throw Error(fault::usage,
                    fmt::format("'{}' is no instant, such as 2026-03-01 or 2026-03-01T12:00:00Z.", text));
    const Found before = found(context);
    return keep(context, before, clock::set(before.record, before.machine, *to));
}

Json clock_advance(app::Context& context) {
    const std::string text = context.args.text("duration");
    const std::optional<std::chrono::microseconds> by = clock::parse_duration(text);
    if (!by)
        throw Error(fault::usage,
                    fmt::format("'{}' is no length of time, such as 45d, 12h, 1d12h30m or P45D.", text));
    if (*by < std::chrono::microseconds(0))
        throw Error(fault::usage, "The clock advances forward. 'azid clock set' moves it anywhere.");
    const Found before = found(context);
    return keep(context, before, clock::advanced(before.record, before.machine, *by));
}

Json clock_freeze(app::Context& context) {
    const Found before = found(context);
    return keep(context, before, clock::frozen(before.record, before.machine));
}

Json clock_resume(app::Context& context) {
    const Found before = found(context);
    return keep(context, before, clock::resumed(before.record, before.machine));
}

Json clock_reset(app::Context& context) {
    const Found before = found(context);
    return keep(context, before, clock::reset(before.record));
}

}  // namespace azid::commands
