#include "store/operations.hpp"

#include "store/clock.hpp"
#include "store/query.hpp"

namespace azid::store {

namespace {

// While the state's clock stands still, what takes its time ends by the machine's: nobody who polls may wait
// for ever.
arm::Operation operation_in(Database& database, Query& row) {
    arm::Operation operation;
    std::int64_t machine_end = 0;
    row.into(operation.id, operation.subscription, operation.provider, operation.location, operation.target,
             operation.state, operation.principal_id, operation.started, operation.ends, operation.answer,
             operation.answer_status, machine_end);
    const std::optional<clock::Record> record = clock_of(database);
    if (record && record->stands_at && monotonic() >= machine_end) operation.ends = operation.started;
    return operation;
}

}  // namespace

void save_operation(Database& database, const arm::Operation& operation) {
    const std::chrono::nanoseconds lasts = operation.ends - operation.started;
    const std::int64_t machine_end = monotonic() + std::int64_t{lasts.count()};
    Query(database,
          R"(INSERT INTO operations (id, subscription_id, provider, location, target, state, principal_id,
            started, ends, answer, answer_status, machine_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))")
        .bind(operation.id, operation.subscription, OrNull{operation.provider}, OrNull{operation.location},
              operation.target, OrNull{operation.state}, OrNull{operation.principal_id}, operation.started,
              operation.ends, OrNull{operation.answer}, operation.answer_status, machine_end)
        .run();
}

std::optional<arm::Operation> find_operation(Database& database, std::string_view subscription,
                                             std::string_view id) {
    Query query(database,
                R"(SELECT id, subscription_id, provider, location, target, state, principal_id, started, ends,
            answer, answer_status, machine_end FROM operations WHERE id = ? AND subscription_id = ?)");
    query.bind(id, subscription);
    if (!query.next()) return {};
    return operation_in(database, query);
}

std::optional<arm::Operation> latest_operation(Database& database, std::string_view target) {
    Query query(database,
                R"(SELECT id, subscription_id, provider, location, target, state, principal_id, started, ends,
            answer, answer_status, machine_end FROM operations WHERE target = ? ORDER BY started DESC, rowid DESC LIMIT 1)");
    query.bind(target);
    if (!query.next()) return {};
    return operation_in(database, query);
}

void forget_operations(Database& database, Instant ended_before) {
    Query(database, "DELETE FROM operations WHERE ends < ?").bind(ended_before).run();
}

}  // namespace azid::store
