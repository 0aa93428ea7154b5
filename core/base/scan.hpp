// Looking through long texts, eight characters at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace azid {

// How many of the first characters stand in JSON text as they are: none is a quotation mark, a backslash or a
// control character. Beyond ASCII all do.
std::size_t plain_in_json(std::string_view text);

bool is_ascii(std::string_view text);

}  // namespace azid
