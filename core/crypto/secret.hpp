// Client secrets and passwords, of which only a salted hash is kept.
#pragma once

#include <string>
#include <string_view>

namespace azid::crypto {

// PBKDF2-HMAC-SHA256 of the secret as text that carries its own parameters: "pbkdf2-sha256$ROUNDS$SALT$HASH".
// The salt is random bytes of the caller's, 16 or so.
std::string hash_secret(std::string_view secret, std::string_view salt);

// Whether the secret is the one that was hashed. False for a text that hash_secret did not make.
bool secret_matches(std::string_view secret, std::string_view hashed);

// Compares in a time that depends on the lengths only.
bool constant_time_equals(std::string_view left, std::string_view right);

}  // namespace azid::crypto
