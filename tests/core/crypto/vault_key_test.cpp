#include "core/crypto/vault_key.hpp"

#include "core/crypto/key.hpp"
#include "support/keys.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace azid;

namespace {

test::CountingRandom dice;

crypto::VaultKey rsa() { return crypto::VaultKey::from_pem(test::rsa_key_pem()).value(); }

}  // namespace

TEST_CASE("a vault's signature over a digest is the one that JWT libraries know") {
    const std::string text = "a text";
    const std::string signature = rsa().sign("RS256", crypto::sha256(text));
    CHECK(test::rsa_key().public_key().verify_rs256(text, signature));
    const std::string padded = rsa().sign("PS256", crypto::sha256(text));
    CHECK(test::rsa_key().public_key().verify_ps256(text, padded));
    CHECK_FALSE(rsa().verify("PS256", crypto::sha256(text), signature));
}

TEST_CASE("elliptic curve keys sign with r and s one behind the other") {
    struct Case {
        const char* curve;
        const char* algorithm;
        std::size_t digest;
        std::size_t signature;
    };
    for (const Case& one : {Case{"P-256", "ES256", 32, 64}, Case{"P-384", "ES384", 48, 96},
                            Case{"P-521", "ES512", 64, 132}, Case{"P-256K", "ES256K", 32, 64}}) {
        CAPTURE(one.curve);
        const crypto::VaultKey key =
            crypto::VaultKey::from_pem(crypto::new_ec_key_pem(one.curve, dice)).value();
        const std::string digest(one.digest, 'd');
        std::string signature = key.sign(one.algorithm, digest);
        CHECK(signature.size() == one.signature);
        CHECK(key.verify(one.algorithm, digest, signature));
        signature[0] = static_cast<char>(signature[0] ^ 1);
        CHECK_FALSE(key.verify(one.algorithm, digest, signature));
        CHECK_FALSE(key.verify(one.algorithm, digest, "short"));
    }
}

TEST_CASE("what is encrypted with the public numbers is decrypted with the key") {
    crypto::KeyNumbers numbers = rsa().numbers();
    for (std::string* secret : {&numbers.d, &numbers.p, &numbers.q, &numbers.dp, &numbers.dq, &numbers.qi})
        secret->clear();
    const crypto::VaultKey half = crypto::VaultKey::from_numbers(numbers).value();
    for (const char* algorithm : {"RSA-OAEP", "RSA-OAEP-256", "RSA1_5"}) {
        CAPTURE(algorithm);
        const std::string cipher = half.encrypt(algorithm, "a text").value();
        CHECK(rsa().decrypt(algorithm, cipher) == "a text");
    }
    CHECK_FALSE(half.encrypt("RSA-OAEP", std::string(300, 'x')));
}

TEST_CASE("a key made of its numbers is the same key") {
    const crypto::VaultKey ec = crypto::VaultKey::from_pem(crypto::new_ec_key_pem("P-384", dice)).value();
    CHECK(crypto::VaultKey::from_numbers(ec.numbers()).value().pem() == ec.pem());
    CHECK(crypto::VaultKey::from_numbers(rsa().numbers()).value().public_pem() == rsa().public_pem());
    CHECK_FALSE(crypto::VaultKey::from_numbers({}));
    CHECK_FALSE(crypto::VaultKey::from_pem("no key"));
}
