// The tables of the state file and how older files become newer ones. Their SQL stands in tables.cpp.
#pragma once

#include <cstdint>
#include <span>

namespace azid::store {

class Database;

// Takes a file from version - 1 to version (SQLite's user_version).
struct Migration {
    int version;
    const char* sql;
};

// All of azid's migrations, in order; the last one's version is what this program reads and writes.
std::span<const Migration> migrations();

// What all migrations up to a version come to, in one go and many times as fast: generated (tests/store/
// schema_test.cpp), for files that are still empty. A newer migration than its version follows as ever.
Migration tables_at_once();

// "azid" in ASCII: SQLite's application_id of our files, by which they are known from other programs'
// databases.
inline constexpr std::int64_t application_id = 0x617a6964;

// Whether the file's version is the steps' last one. To be asked within a transaction. Throws Error
// (fault::state) when the file was made by a newer azid, or is a database of another program.
bool is_current(Database& database, std::span<const Migration> steps);

// Brings the file to the steps' last version in one transaction; several processes may try at once. `at_once`
// stands for the first of the steps where the file is empty. Throws Error (fault::state); then nothing has
// changed.
void migrate(Database& database, std::span<const Migration> steps, Migration at_once = {0, ""});

}  // namespace azid::store
