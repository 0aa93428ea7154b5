// What to tell the user when SQLite fails: decided by its extended result codes, never by its message texts.
#pragma once

#include "core/base/error.hpp"

#include <string>
#include <string_view>

namespace azid::store {

// The Error for SQLite's extended result code. `system_errno` is the operating system's errno behind it (0
// for none); `detail` is SQLite's own sentence, used only where the failure is none of the user's doing.
Error failure(int code, int system_errno, std::string_view path, std::string_view detail);

// The Error for a file that the operating system did not let us make, open or look at.
Error file_failure(int system_errno, std::string_view path);

}  // namespace azid::store
