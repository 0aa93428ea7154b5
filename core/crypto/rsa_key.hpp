// New RSA keys.
#pragma once

#include <string>
#include <string_view>

namespace azid::crypto {

// The public exponent of every key that is made here. A prime that is 1 modulo it makes no key.
constexpr unsigned rsa_public_exponent = 65537;

// A new RSA key as PKCS#8 PEM. Takes some hundredths of a second, so it has no place inside a transaction.
// Its randomness is OpenSSL's own: a key that could be made again from a seed would not be one.
//
// OpenSSL looks for two large primes, as it did for its keys before version 3.0. EVP_RSA_gen, which has them
// rest on further primes (FIPS 186-4, B.3.6), takes three times as long.
std::string new_rsa_key_pem(int bits = 2048);

// The key that two different primes make, given as big-endian bytes, as PKCS#8 PEM.
std::string rsa_key_pem_of(std::string_view p, std::string_view q);

}  // namespace azid::crypto
