// When the write-ahead log is emptied, and whose it is. The log stays beside the file from command to
// command, so somebody who puts a copy in the file's place ("cp saved.db state.db") leaves a log there that
// belongs to the file that was replaced. SQLite would apply it to the copy. Therefore the file carries a
// mark, the first commit of each log draws another for it, and a file whose mark the log does not know was
// replaced. Copies are taken after a checkpoint; from then on the mark is retired, and the first commit that
// follows sees to it that the new one reaches the file itself.
#pragma once

namespace azid::store {

class Database;

// Whether the log belongs to another file than the one it lies beside. To be asked within a transaction.
bool is_log_foreign(Database& database);

// To be called before a transaction that writes: now and then it moves what the log has into the file, so
// that the commit begins the log anew; less often before one that does not wait for the disk. Gives up at
// once where others are reading or writing, unless they have been at it for long.
void empty_long_log(Database& database, bool lightly);

// Ends the open transaction and makes it durable. Throws Error (fault::state): then nothing of the
// transaction stays.
void commit(Database& database, bool lightly);

// Empties the log, so that a copy of the file is whole, and retires the mark. Throws Error (fault::state).
void checkpoint(Database& database);

}  // namespace azid::store
