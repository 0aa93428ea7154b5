// SQLite's view of a state under test: its connection, and what a piece of work changed. Knows nothing of
// Azure.
#pragma once

#include <memory>
#include <string>

struct sqlite3;

namespace azid::fuzz {

// From here on every connection that this process opens is noted.
void note_connections();
// The one that was opened last. Null when there is none.
sqlite3* latest_connection();

// Runs SQL that gives no rows. Throws std::runtime_error when SQLite refuses it.
void run_sql(sqlite3* connection, const char* sql);

// Watches the tables of a state from its making on.
class Watch {
  public:
    explicit Watch(sqlite3* connection);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    // The tables with rows that are not as they were, parted by spaces; empty when all is as it was. What
    // only tells of the past (the journal, the steps, the activity log) does not count.
    std::string changed_tables();

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace azid::fuzz
