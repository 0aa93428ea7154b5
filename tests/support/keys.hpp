// RSA keys for tests, made once a run: making one takes a tenth of a second.
#pragma once

#include "core/crypto/key.hpp"

#include <string>

namespace azid::test {

// The PEM of the n-th key of this run; the same n gives the same key.
const std::string& rsa_key_pem(int n = 0);
// That key, read anew.
crypto::PrivateKey rsa_key(int n = 0);

}  // namespace azid::test
