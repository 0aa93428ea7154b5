// The state file as one thing (core/snapshot/ports.hpp).
#pragma once

#include "core/snapshot/ports.hpp"

#include <memory>

namespace azid::store {

class Database;

// The database must outlive it.
std::unique_ptr<snapshot::File> whole_file(Database& database);

}  // namespace azid::store
