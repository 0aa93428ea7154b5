#include "core/events/ports.hpp"

#include "store/database.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

#include <algorithm>

namespace azid::store {

namespace {

using events::Event;
using events::Operation;

class EventsStore : public events::Store {
  public:
    explicit EventsStore(Database& database) : database_(database) {}

    void add(const Event& event) override {
        Query(database_,
              "INSERT INTO events (at, system, what, actor, subject, details) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(event.at, event.system, event.what, OrNull{event.actor}, OrNull{event.subject},
                  OrNull{event.details})
            .run();
    }

    std::vector<Event> latest(int count) override {
        std::vector<Event> found;
        Query query(database_,
                    "SELECT at, system, what, actor, subject, details FROM events ORDER BY id DESC LIMIT ?");
        query.bind(std::max(count, 0));
        while (query.next()) {
            Event event;
            query.into(event.at, event.system, event.what, event.actor, event.subject, event.details);
            found.push_back(std::move(event));
        }
        std::reverse(found.begin(), found.end());
        return found;
    }

    void begin(const Operation& operation) override { begun_.push_back(operation); }

    std::vector<Operation> begun() override { return begun_; }

    void forget() override { begun_.clear(); }

    void write(const Operation& operation) override {
        Query(database_, R"(INSERT INTO activity_log (at, action, scope, caller, caller_id, tenant_id,
            correlation, status, code, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))")
            .bind(operation.at, operation.action, operation.scope, OrNull{operation.caller},
                  OrNull{operation.caller_id}, OrNull{operation.tenant_id}, operation.correlation,
                  operation.status, OrNull{operation.code}, OrNull{operation.message})
            .run();
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
    Database& database_;
    std::vector<Operation> begun_;
};

}  // namespace

std::unique_ptr<events::Store> events_store(Database& database) {
    return std::make_unique<EventsStore>(database);
}

}  // namespace azid::store
