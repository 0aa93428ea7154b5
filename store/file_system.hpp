// SQLite's way to the system's files, with two differences. Where a file system or a SQLite gives no occasion
// for one of them, all is as SQLite has it.
//
// How often it waits for the folder of the log. A process that opens the log may have made it, so that SQLite
// makes sure of its name in the folder at the first commit of each process, which for a command is every
// commit. Once a commit has waited for that the name is safe for good; it is noted on the log (an extended
// attribute that says which file it is, when it was made, and where), and a process that finds the note need
// not wait again. A log that was moved or copied has no such note.
//
// When the log's index begins anew: store/log_index.hpp.
#pragma once

#include <string>

namespace azid::store {

// The name to give to sqlite3_open_v2.
const char* file_system();

// To be called after a commit that has waited for the disk: notes on the log of that path that its name is
// safe, if this process has opened it in the manner that makes sure of it.
void note_safe_log(const std::string& log) noexcept;

}  // namespace azid::store
