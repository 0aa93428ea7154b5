// When the index of the log begins anew. The first process that opens a state finds an index that others
// left. SQLite does not trust it, since the machine may have lost its power since, cuts it off, and reads the
// whole log: for a command that is most of what it reads. But where nothing has happened to the machine, what
// is left is what any process would have found that had the state open all the time; so it stays, if all of
// this holds:
// - It was made since the machine started: it carries the system's mark of that (an extended attribute, with
//   the file's own number and the time it was made, which a copy does not share).
// - The log has the frame that the index has as its last, with the same salts and the same checksum, which is
//   one over all frames before it as well.
// - No frame of the same log follows that one: somebody may have been killed between the two.
// - Nothing of the log has been copied into the file yet: what has is no longer looked for in the log, and it
//   would not be noticed that another file was put in the file's place (store/log.hpp).
// Otherwise its head is wiped, which has SQLite read the log as it would for an index that was cut off. Where
// a file system has no attributes, or does not tell when a file was made, that is always so.
#pragma once

#include <sys/types.h>

namespace azid::store {

// In place of ftruncate among SQLite's calls of the system: as that one, but for the length to which SQLite
// cuts off an index that nobody else has open, and no other file.
int cut_off(int file, off_t length) noexcept;

}  // namespace azid::store
