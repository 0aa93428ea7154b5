// Copies of the state file, made and removed as files.
#pragma once

#include "core/snapshot/ports.hpp"

#include <string>

namespace azid::store {

class Database;

// Copies the main file while the caller holds the lock for writing and the log is empty. The copy is its
// owner's alone and appears whole or not at all. Throws Error (fault::state).
void copy_main_file(Database& database, const std::string& path, const snapshot::Progress& progress);

// Removes what SQLite leaves beside a file that nobody has open.
void remove_side_files(const std::string& path);

}  // namespace azid::store
