#include "core/events/correlation.hpp"
#include "core/events/ports.hpp"

#include "store/database.hpp"
#include "store/query.hpp"
#include "store/steps.hpp"
#include "store/stores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace azid::store {

namespace {

using events::Event;
using events::Operation;
using events::Report;
using events::Run;

constexpr std::string_view run_columns =
    "SELECT id, at, kind, line, caller, caller_id, correlation, status, code, message FROM journal";
constexpr std::string_view is_run = "line <> ''";  // otherwise it is nothing but steps

std::vector<Run> runs_in(Query& query) {
    std::vector<Run> found;
    while (query.next()) {
        Run run;
        query.into(run.number, run.at, run.kind, run.line, run.caller, run.caller_id, run.correlation,
                   run.status, run.code, run.message);
        found.push_back(std::move(run));
    }
    return found;
}

constexpr std::string_view steps_columns = "SELECT id, at, line, steps FROM journal";

// Of the current row of a query for steps_columns.
std::vector<Event> steps_in(Query& query) {
    std::int64_t number = 0;
    Instant at;
    std::string line;
    std::string steps;
    query.into(number, at, line, steps);
    return steps_of(steps, at, line.empty() ? 0 : number);
}

class EventsStore : public events::Store {
  public:
    explicit EventsStore(Database& database) : database_(database) {}

    void open(const Run& run) override { now_.run = run; }

    void add(Event event) override { now_.events.push_back(std::move(event)); }

    std::vector<Event> latest(int count) override {
        const auto most = static_cast<std::size_t>(std::max(count, 0));
        std::vector<Event> found(now_.events.rbegin(), now_.events.rend());
        Query query(database_, fmt::format("{} WHERE steps IS NOT NULL ORDER BY id DESC", steps_columns));
        while (found.size() < most && query.next()) {
            std::vector<Event> steps = steps_in(query);
            std::move(steps.rbegin(), steps.rend(), std::back_inserter(found));
        }
        if (found.size() > most) found.resize(most);
        std::reverse(found.begin(), found.end());
        return found;
    }

    std::string correlation() override {
        if (now_.run.correlation.empty())
            now_.run.correlation = events::correlation_of(now_.run, newest_run() + 1);
        return now_.run.correlation;
    }

    void begin(const Operation& operation) override { now_.operations.push_back(operation); }

    std::vector<Operation> begun() override { return now_.operations; }

    Report report() override { return std::exchange(now_, {}); }

    void forget() override { now_ = {}; }

    void write(const Report& report) override {
        for (const Operation& operation : report.operations) insert(operation);
        if (report.run.line.empty() && report.events.empty()) return;
        const std::int64_t number = insert(report);
        if (number % events::looked_at != 0 || number <= events::runs_kept) return;
        Query(database_, "DELETE FROM journal WHERE id <= ?").bind(number - events::runs_kept).run();
    }

    std::vector<Run> runs(std::int64_t count) override {
        Query query(database_, fmt::format("{} WHERE {} ORDER BY id DESC LIMIT ?", run_columns, is_run));
        query.bind(std::max<std::int64_t>(count, 0));
        std::vector<Run> found = runs_in(query);
        std::reverse(found.begin(), found.end());
        return found;
    }

    std::vector<Run> runs_of(std::string_view correlation) override {
        Query query(database_,
                    fmt::format("{} WHERE correlation = ? AND {} ORDER BY id", run_columns, is_run));
        query.bind(correlation);
        return runs_in(query);
    }

    std::vector<Event> events_of(std::int64_t run) override {
        Query query(database_, fmt::format("{} WHERE id = ? AND {}", steps_columns, is_run));
        query.bind(run);
        return query.next() ? steps_in(query) : std::vector<Event>();
    }

    std::vector<std::pair<std::int64_t, Operation>> operations(Instant from, Instant to) override {
        std::vector<std::pair<std::int64_t, Operation>> found;
        Query query(database_, R"(SELECT id, at, action, scope, caller, caller_id, tenant_id, correlation,
            status, code, message FROM activity_log WHERE at >= ? AND at <= ? ORDER BY id DESC)");
        query.bind(from, to);
        while (query.next()) {
            std::int64_t number = 0;
            Operation one;
            query.into(number, one.at, one.action, one.scope, one.caller, one.caller_id, one.tenant_id,
                       one.correlation, one.status, one.code, one.message);
            found.emplace_back(number, std::move(one));
        }
        return found;
    }

  private:
    std::int64_t newest_run() { return database_.number("SELECT max(id) FROM journal"); }

    // Whoever gave no name to the run is in it under the first name among its steps. Steps that are not of a
    // run stand in a row of their own, without a line, under the time of the first of them.
    std::int64_t insert(const Report& report) {
        const Instant at = report.run.line.empty() ? report.events.front().at : report.run.at;
        std::string caller = report.run.caller;
        std::string caller_id = report.run.caller_id;
        for (const Event& event : report.events) {
            if (!caller_id.empty()) break;
            caller = event.actor_name;
            caller_id = event.actor;
        }
        const std::int64_t number = newest_run() + 1;
        const std::string correlation = report.run.correlation.empty()
                                            ? events::correlation_of(report.run, number)
                                            : report.run.correlation;
        Query(database_, R"(INSERT INTO journal (id, at, kind, line, caller, caller_id, correlation, status,
            code, message, steps) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))")
            .bind(number, at, report.run.kind, report.run.line, OrNull{caller}, OrNull{caller_id},
                  correlation, report.run.status, OrNull{report.run.code}, OrNull{report.run.message},
                  OrNull{steps_text(report.events, at)})
            .run();
        return number;
    }

    void insert(const Operation& operation) {
        Query(database_, R"(INSERT INTO activity_log (at, action, scope, caller, caller_id, tenant_id,
            correlation, status, code, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))")
            .bind(operation.at, operation.action, operation.scope, OrNull{operation.caller},
                  OrNull{operation.caller_id}, OrNull{operation.tenant_id}, operation.correlation,
                  operation.status, OrNull{operation.code}, OrNull{operation.message})
            .run();
    }

    Database& database_;
    events::Report now_;  // of the transaction that is open
};

}  // namespace

std::unique_ptr<events::Store> events_store(Database& database) {
    return std::make_unique<EventsStore>(database);
}

}  // namespace azid::store
