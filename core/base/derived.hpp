// What looks drawn and is the same for the same text, wherever and whenever it is asked: ids of things that
// are computed when they are shown. It keeps no secret, and needs no cryptography, which takes longer to load
// than most commands take.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace azid {

// So many bytes, mixed from the text's by std::seed_seq, whose steps C++ lays down.
std::string derived_bytes(std::string_view text, std::size_t count);

// A version 4 GUID of them, lower case.
std::string derived_guid(std::string_view text);

}  // namespace azid
