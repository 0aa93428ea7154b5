#include "core/crypto/dice.hpp"

#include "core/base/random.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <openssl/rand.h>

namespace azid::crypto {

namespace {

// More than any signature or padding draws, blinding included.
constexpr std::size_t supply = 1U << 16U;

}  // namespace

LibraryContext library_drawing_from(Random& random) {
    LibraryContext library(OSSL_LIB_CTX_new());
    require(
        library != nullptr && RAND_set_DRBG_type(library.get(), "TEST-RAND", nullptr, nullptr, nullptr) == 1,
        "library context");
    for (EVP_RAND_CTX* dice : {RAND_get0_public(library.get()), RAND_get0_private(library.get())}) {
        std::string bytes = random.bytes(supply);
        const OSSL_PARAM parameters[] = {
            OSSL_PARAM_construct_octet_string(OSSL_RAND_PARAM_TEST_ENTROPY, bytes.data(), bytes.size()),
            OSSL_PARAM_construct_end()};
        require(dice != nullptr && EVP_RAND_CTX_set_params(dice, parameters) == 1, "dice");
    }
    return library;
}

}  // namespace azid::crypto
