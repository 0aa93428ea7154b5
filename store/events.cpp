#include "core/events/ports.hpp"

#include "store/database.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

#include <algorithm>

namespace azid::store {

namespace {

using events::Event;

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

  private:
    Database& database_;
};

}  // namespace

std::unique_ptr<events::Store> events_store(Database& database) {
    return std::make_unique<EventsStore>(database);
}

}  // namespace azid::store
