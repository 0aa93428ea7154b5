#include "core/clock/clock.hpp"

#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/session.hpp"

#include <fmt/format.h>

namespace azid::clock {

namespace {

Instant checked(Instant wanted) {
    if (wanted >= earliest && wanted <= latest) return wanted;
    throw Error(fault::usage,
                fmt::format("The clock goes from {} to {}.", utc_seconds(earliest), utc_seconds(latest)));
}

}  // namespace

Instant instant(const Record& record, Instant machine) {
    return record.stands_at ? *record.stands_at : machine + record.ahead;
}

Record set(const Record& record, Instant machine, Instant to) {
    Record changed = record;
    checked(to);
    if (record.stands_at)
        changed.stands_at = to;
    else
        changed.ahead = to - machine;
    return changed;
}

Record advanced(const Record& record, Instant machine, std::chrono::microseconds by) {
    return set(record, machine, instant(record, machine) + by);
}

Record frozen(const Record& record, Instant machine) {
    Record changed = record;
    changed.stands_at = checked(instant(record, machine));
    changed.ahead = {};
    return changed;
}

Record resumed(const Record& record, Instant machine) {
    if (record.seeded_start)
        throw Error(fault::client,
                    "The clock of a seeded state stands still, so that everything in it can be repeated. "
                    "'azid clock advance' and 'azid clock set' move it.");
    Record changed = record;
    if (record.stands_at) changed.ahead = *record.stands_at - machine;
    changed.stands_at.reset();
    return changed;
}

Record reset(const Record& record) {
    Record fresh;
    fresh.seeded_start = record.seeded_start;
    fresh.stands_at = record.seeded_start;
    return fresh;
}

void start_seeded(Session& session, Instant at) {
    Record record;
    record.stands_at = checked(at);
    record.seeded_start = at;
    session.account.save(record);
    session.now = at;
}

}  // namespace azid::clock
