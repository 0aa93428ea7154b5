#include "core/crypto/rsa_key.hpp"

#include "core/crypto/digest.hpp"
#include "core/crypto/vault_key.hpp"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <string>

using namespace azid;
using namespace std::string_literals;

namespace {

// What OpenSSL itself finds: the primes are prime, and all numbers of the key belong together.
bool is_sound(const std::string& pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> text(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    if (key == nullptr) return false;
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> check(
        EVP_PKEY_CTX_new(key.get(), nullptr), EVP_PKEY_CTX_free);
    return EVP_PKEY_check(check.get()) == 1;
}

}  // namespace

TEST_CASE("a new RSA key is sound, of the length that was asked for, and another each time") {
    for (const int bits : {2048, 3072}) {
        const std::string pem = crypto::new_rsa_key_pem(bits);
        CHECK(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        CHECK(is_sound(pem));
        const crypto::VaultKey key = crypto::VaultKey::from_pem(pem).value();
        CHECK(key.bits() == bits);
        const crypto::KeyNumbers numbers = key.numbers();
        CHECK(numbers.e == "\1\0\1"s);
        CHECK(numbers.p.size() * 16 == static_cast<std::size_t>(bits));
        CHECK(numbers.q.size() == numbers.p.size());
        CHECK(numbers.p > numbers.q);
        const std::string digest = crypto::sha256("text");
        CHECK(key.verify("PS256", digest, key.sign("PS256", digest)));
    }
    CHECK(crypto::new_rsa_key_pem() != crypto::new_rsa_key_pem());
}
