// The state file as a file: its making, its permissions, its log.
#pragma once

#include <string>

namespace azid::store {

// The absolute path of the state file.
std::string absolute_path(const std::string& path);

// Makes an empty file of mode 0600 and its missing folders (0700) unless there is one; another process may be
// making it too. Throws Error (fault::state) when that is impossible or the path names something else than a
// file.
void make_file(const std::string& path);

// Takes everybody else's permissions off the file, where it is ours.
void make_private(const std::string& path);

// Whether the write-ahead log beside the file holds anything.
bool has_log(const std::string& path);

}  // namespace azid::store
