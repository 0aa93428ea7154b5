#include "core/crypto/seeded.hpp"

#include "core/base/base64.hpp"
#include "core/crypto/key.hpp"
#include "core/crypto/vault_key.hpp"

#include <doctest/doctest.h>

using namespace azid;

TEST_CASE("a seed gives the same bytes however they are asked for, and another seed others") {
    crypto::SeededRandom one("lesson");
    crypto::SeededRandom other("lesson");
    const std::string whole = one.bytes(100);
    std::string parts;
    for (const std::size_t size : {1U, 0U, 99U}) parts += other.bytes(size);
    CHECK(parts == whole);
    CHECK(crypto::SeededRandom("lesson 2").bytes(100) != whole);
    CHECK(crypto::derived_seed("lesson", "1") != crypto::derived_seed("lesson", "11"));
}

TEST_CASE("a seed's RSA key is the same on every machine, and a sound key") {
    const std::string pem = crypto::seeded_rsa_key_pem("lesson");
    // Made once; a change of this text changes the keys of everybody's seeded states.
    CHECK(hex_lower(crypto::sha256(pem)) ==
          "3e69f96d48216dcfed6279a090165d7f4028f1b45439bae4538a399ed00918be");
    CHECK(crypto::seeded_rsa_key_pem("lesson") == pem);
    CHECK(crypto::seeded_rsa_key_pem("lesson 2") != pem);
    const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(pem);
    REQUIRE(key);
    CHECK(key->public_key().verify_rs256("text", key->sign_rs256("text")));
    const std::optional<crypto::VaultKey> vault_key = crypto::VaultKey::from_pem(pem);
    CHECK(vault_key->bits() == 2048);
    CHECK(vault_key->decrypt("RSA-OAEP", vault_key->encrypt("RSA-OAEP", "text").value()) == "text");
}

TEST_CASE("with dice given, signatures and ciphers that draw a number are the same again") {
    crypto::SeededRandom dice("keys");
    const crypto::VaultKey rsa = crypto::VaultKey::from_pem(crypto::seeded_rsa_key_pem("lesson")).value();
    const crypto::VaultKey ec = crypto::VaultKey::from_pem(crypto::new_ec_key_pem("P-256", dice)).value();
    const std::string digest = crypto::sha256("text");
    const auto with = [](const std::string& seed, const auto& use) {
        crypto::SeededRandom given(seed);
        return use(&given);
    };
    const auto es256 = [&](Random* given) { return ec.sign("ES256", digest, given); };
    const auto ps256 = [&](Random* given) { return rsa.sign("PS256", digest, given); };
    const auto oaep = [&](Random* given) { return rsa.encrypt("RSA-OAEP-256", "text", given).value(); };
    const auto pkcs = [&](Random* given) { return rsa.encrypt("RSA1_5", "text", given).value(); };
    CHECK(with("a", es256) == with("a", es256));
    CHECK(with("a", es256) != with("b", es256));
    CHECK(ec.verify("ES256", digest, with("a", es256)));
    CHECK(with("a", ps256) == with("a", ps256));
    CHECK(with("a", ps256) != with("b", ps256));
    CHECK(rsa.verify("PS256", digest, with("a", ps256)));
    CHECK(with("a", oaep) == with("a", oaep));
    CHECK(with("a", oaep) != with("b", oaep));
    CHECK(rsa.decrypt("RSA-OAEP-256", with("a", oaep)) == "text");
    CHECK(with("a", pkcs) == with("a", pkcs));
    CHECK(with("a", pkcs) != with("b", pkcs));
}
