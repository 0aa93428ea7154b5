// Base64 (RFC 4648) and hexadecimal text of bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azid {

std::string base64(std::string_view bytes);
// The URL-safe alphabet, without padding: JWT's.
std::string base64url(std::string_view bytes);
// Reads either alphabet, with or without padding. Empty when a character is foreign or the length impossible.
std::optional<std::string> from_base64(std::string_view text);
std::string hex_lower(std::string_view bytes);
std::string hex_upper(std::string_view bytes);

}  // namespace azid
