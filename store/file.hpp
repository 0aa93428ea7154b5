// The state file as a file: its making, its permissions, its log.
#pragma once

#include <cstdint>
#include <functional>
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

// Where the write-ahead log of the file is.
std::string log_path(const std::string& path);

// The bytes in the write-ahead log beside the file; 0 when there is none.
std::int64_t log_size(const std::string& path);

// Whether more than that many pages wait in the log of that path. Its file may be longer: what is left of a
// former log counts no more.
bool is_longer(const std::string& log, std::int64_t pages);

// Whether the disk has room for that many bytes more; true where it does not say.
bool has_room(const std::string& path, std::int64_t bytes);

// Renames the log (to "...-wal.old"), if `is_foreign` still says so when nobody else is renaming it.
void set_log_aside(const std::string& path, const std::function<bool()>& is_foreign);

}  // namespace azid::store
