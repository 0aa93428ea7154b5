// Digests of blobs and requests: MD5 tells whether a blob arrived whole, and nothing rests on it.
#pragma once

#include <string>
#include <string_view>

namespace azid::crypto {

// 16 raw bytes.
std::string md5(std::string_view bytes);

// RFC 2104 with SHA-256, 32 raw bytes: what Storage's Shared Key signatures are.
std::string hmac_sha256(std::string_view key, std::string_view text);

}  // namespace azid::crypto
