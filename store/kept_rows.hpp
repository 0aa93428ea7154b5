// The rows that belong to a directory object, set aside as text and put back.
#pragma once

#include <string>
#include <string_view>

namespace azid::store {

class Database;

// What the tables hold of the object of that type ("application", "group", "servicePrincipal", "user"): a
// JSON object of tables, each an array of rows, each value as ["text", "x"] with SQLite's name of its type;
// blobs as hexadecimal digits.
std::string kept_rows(Database& database, std::string_view type, std::string_view id);

// Puts them back. What is there already stays, and ties to what is gone are left out. Throws Error
// (fault::state) for a text that kept_rows did not write.
void put_back_rows(Database& database, std::string_view type, std::string_view rows);

}  // namespace azid::store
