// OpenSSL with given dice: for signatures and ciphers that draw a number of their own.
#pragma once

#include "core/crypto/openssl.hpp"

namespace azid {
class Random;
}

namespace azid::crypto {

using LibraryContext = std::unique_ptr<OSSL_LIB_CTX, Release<OSSL_LIB_CTX_free>>;

// A library context of its own that takes every random number from these. Whatever uses it must not outlive
// it.
LibraryContext library_drawing_from(Random& random);

}  // namespace azid::crypto
