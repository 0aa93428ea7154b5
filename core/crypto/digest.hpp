// Digests that are no secret's: MD5 tells whether a blob arrived whole, and nothing rests on it.
#pragma once

#include <string>
#include <string_view>

namespace azid::crypto {

// 16 raw bytes.
std::string md5(std::string_view bytes);

}  // namespace azid::crypto
