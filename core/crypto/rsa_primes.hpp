// The RSA key that two primes make, for the sources of this folder. Included by no header.
#pragma once

#include "core/crypto/openssl.hpp"

#include <openssl/bn.h>

#include <memory>
#include <string>

namespace azid::crypto {

using Number = std::unique_ptr<BIGNUM, Release<BN_clear_free>>;
using Scratch = std::unique_ptr<BN_CTX, Release<BN_CTX_free>>;

constexpr unsigned public_exponent = 65537;

// Whether a key with that exponent can be made of the prime.
inline bool fits_exponent(const BIGNUM* prime) { return BN_mod_word(prime, public_exponent) != 1; }

// The key as PKCS#8 PEM. The primes differ, and both fit the exponent (above).
std::string rsa_key_pem_of(Number p, Number q, BN_CTX* scratch);

}  // namespace azid::crypto
