#include "store/schema.hpp"

#include "core/base/fault.hpp"
#include "store/database.hpp"

#include <fmt/format.h>

namespace azid::store {

namespace {

int version_of(Database& database) { return static_cast<int>(database.number("PRAGMA user_version")); }

bool is_empty(Database& database) { return database.number("SELECT count(*) FROM sqlite_schema") == 0; }

}  // namespace

bool is_current(Database& database, std::span<const Migration> steps) {
    const int version = version_of(database);
    const bool ours = database.number("PRAGMA application_id") == application_id;
    if (!ours && (version != 0 || !is_empty(database)))
        throw Error(fault::state,
                    fmt::format("'{}' is a SQLite database of another program, not a state file of azid. "
                                "It was left as it is; choose another file with --state.",
                                database.path()));
    const int newest = steps.back().version;
    if (version > newest)
        throw Error(fault::state,
                    fmt::format("The state file '{}' was made by a newer azid: its version is {}, and this "
                                "azid knows versions up to {}. Use the newer azid, or choose another file "
                                "with --state.",
                                database.path(), version, newest));
    return version == newest;
}

void migrate(Database& database, std::span<const Migration> steps, Migration at_once) {
    database.begin_writing();
    try {
        // Another process may have been quicker.
        if (!is_current(database, steps)) {
            int version = version_of(database);
            if (version == 0) {
                database.execute(at_once.sql);
                version = at_once.version;
            }
            for (const Migration& step : steps)
                if (step.version > version) database.execute(step.sql);
            database.execute(fmt::format("PRAGMA application_id = {}", application_id).c_str());
            database.execute(fmt::format("PRAGMA user_version = {}", steps.back().version).c_str());
        }
        database.commit();
    } catch (...) {
        database.rollback();
        throw;
    }
}

}  // namespace azid::store
