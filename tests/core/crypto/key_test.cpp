#include "core/crypto/key.hpp"

#include "core/base/base64.hpp"
#include "support/keys.hpp"
#include "support/openssl_tool.hpp"

#include <doctest/doctest.h>

using namespace azid;

namespace {
const std::string pss = "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest ";
}

TEST_CASE("a signature verifies with its algorithm and key only") {
    const crypto::PrivateKey key = test::rsa_key();
    const crypto::PublicKey mine = key.public_key();
    const crypto::PublicKey other = test::rsa_key(1).public_key();
    const std::string rs256 = key.sign_rs256("text");
    const std::string ps256 = key.sign_ps256("text");
    CHECK(mine.verify_rs256("text", rs256));
    CHECK(mine.verify_ps256("text", ps256));
    CHECK_FALSE(mine.verify_ps256("text", rs256));
    CHECK_FALSE(mine.verify_rs256("text", ps256));
    CHECK_FALSE(mine.verify_rs256("texts", rs256));
    CHECK_FALSE(other.verify_rs256("text", rs256));
    CHECK_FALSE(mine.verify_rs256("text", ""));
    CHECK_FALSE(mine.verify_rs256("text", rs256.substr(1)));
}

TEST_CASE("no bit of a signature may change") {
    const crypto::PrivateKey key = test::rsa_key();
    const crypto::PublicKey mine = key.public_key();
    const std::string signature = key.sign_rs256("text");
    for (const size_t byte : {size_t{0}, signature.size() / 2, signature.size() - 1}) {
        std::string flipped = signature;
        flipped[byte] = static_cast<char>(flipped[byte] ^ 1);
        CHECK_FALSE(mine.verify_rs256("text", flipped));
    }
}

TEST_CASE("a key reads back from its PEM and from its JWK members") {
    const crypto::PrivateKey key = test::rsa_key();
    CHECK(key.pem() == test::rsa_key_pem());
    CHECK(key.pem().starts_with("-----BEGIN PRIVATE KEY-----"));
    const crypto::PublicKey half = key.public_key();
    CHECK(half.exponent() == "AQAB");
    CHECK(half.modulus().size() == 342);
    const std::optional<crypto::PublicKey> again =
        crypto::PublicKey::from_jwk(half.modulus(), half.exponent());
    REQUIRE(again);
    CHECK(again->pem() == half.pem());
    CHECK(again->verify_ps256("text", key.sign_ps256("text")));
}

TEST_CASE("what is no RSA key is not read as one") {
    CHECK_FALSE(crypto::PrivateKey::from_pem(""));
    CHECK_FALSE(
        crypto::PrivateKey::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
    CHECK_FALSE(crypto::PrivateKey::from_pem(test::rsa_key().public_key().pem()));
    CHECK_FALSE(crypto::PublicKey::from_pem(test::rsa_key_pem()));
    CHECK_FALSE(crypto::PublicKey::from_jwk("", "AQAB"));
    CHECK_FALSE(crypto::PublicKey::from_jwk("!!", "AQAB"));
    CHECK_FALSE(crypto::PublicKey::from_jwk("AQAB", "AQAB"));
}

TEST_CASE("digests are the published ones") {
    CHECK(hex_lower(crypto::sha1("abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(hex_lower(crypto::sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("openssl verifies our signatures and we verify openssl's") {
    if (!test::has_openssl_tool()) {
        MESSAGE("skipped: no openssl program here");
        return;
    }
    const test::ToolFolder folder;
    REQUIRE(test::openssl_tool(folder, "genpkey -quiet -algorithm RSA -out key.pem").find("failed") != 0);
    const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(folder.read("key.pem"));
    REQUIRE(key);
    folder.write("public.pem", key->public_key().pem());
    folder.write("text", "some text");
    for (const crypto::Algorithm algorithm : {crypto::Algorithm::rs256, crypto::Algorithm::ps256}) {
        CAPTURE(crypto::name_of(algorithm));
        const std::string options = algorithm == crypto::Algorithm::ps256 ? pss : std::string();
        folder.write("ours", key->sign(algorithm, "some text"));
        CHECK(test::openssl_tool(folder, "dgst -sha256 " + options +
                                             "-verify public.pem -signature ours text") == "Verified OK\n");
        CHECK(test::openssl_tool(folder, "dgst -sha256 " + options + "-sign key.pem -out theirs text") == "");
        CHECK(key->public_key().verify(algorithm, "some text", folder.read("theirs")));
        CHECK_FALSE(key->public_key().verify(algorithm, "other text", folder.read("theirs")));
    }
}

TEST_CASE("an elliptic curve key of openssl's is not taken for an RSA key") {
    if (!test::has_openssl_tool()) {
        MESSAGE("skipped: no openssl program here");
        return;
    }
    const test::ToolFolder folder;
    test::openssl_tool(folder, "genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
    REQUIRE(folder.read("key.pem").starts_with("-----BEGIN PRIVATE KEY-----"));
    CHECK_FALSE(crypto::PrivateKey::from_pem(folder.read("key.pem")));
}
