#include "core/crypto/jws.hpp"

#include "core/base/base64.hpp"
#include "support/keys.hpp"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <nlohmann/json.hpp>

using namespace azid;
using crypto::Algorithm;

namespace {

std::string sample(const char* algorithm = "RS256") {
    return crypto::sign_jwt(Json{{"typ", "JWT"}, {"alg", algorithm}}, Json{{"sub", "me"}}, test::rsa_key());
}

std::string part(std::string_view json) { return base64url(json); }

bool verifies(const std::string& token, std::initializer_list<Algorithm> allowed) {
    const std::optional<crypto::Jwt> jwt = crypto::decode_jwt(token);
    return jwt && crypto::verify_jwt(*jwt, test::rsa_key().public_key(), allowed);
}

}  // namespace

TEST_CASE("a signed token comes apart and verifies") {
    const std::optional<crypto::Jwt> jwt = crypto::decode_jwt(sample());
    REQUIRE(jwt);
    CHECK(compact(*jwt->header) == R"({"typ":"JWT","alg":"RS256"})");
    CHECK(compact(*jwt->payload) == R"({"sub":"me"})");
    CHECK(verifies(sample(), {Algorithm::rs256}));
    CHECK(verifies(sample("PS256"), {Algorithm::rs256, Algorithm::ps256}));
}

TEST_CASE("a member that is there twice, at any depth, is refused, and so is what is too deep or too large") {
    const std::string header = part(R"({"alg":"RS256"})");
    const auto is_taken = [&](const std::string& payload) {
        return crypto::decode_jwt(header + "." + part(payload) + ".AA").has_value();
    };
    CHECK(is_taken(R"({"a":{"b":"x:\\\":"},"b":[{"a":":"},{"a":1}]})"));
    CHECK_FALSE(is_taken(R"({"a":1,"a":1})"));
    CHECK_FALSE(is_taken(R"({"b":[{"a":1,"b":2,"a":3}]})"));
    CHECK_FALSE(is_taken(R"({"a":1,"\u0061":1})"));
    CHECK_FALSE(is_taken("{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}"));
    std::string many = "{\"a\":0";
    for (int i = 0; i < 5000; ++i) many += ",\"" + std::to_string(i) + "\":0";
    CHECK_FALSE(is_taken(many + "}"));
}

TEST_CASE("only an allowed algorithm verifies") {
    CHECK_FALSE(verifies(sample("PS256"), {Algorithm::rs256}));
    CHECK_FALSE(verifies(sample(), {Algorithm::ps256}));
    CHECK_FALSE(verifies(sample(), {}));
}

TEST_CASE("a token with one flipped bit does not verify") {
    const std::string token = sample();
    int refused = 0;
    for (size_t at = 0; at < token.size(); at += 7) {
        std::string flipped = token;
        flipped[at] = static_cast<char>(flipped[at] ^ 1);
        refused += verifies(flipped, {Algorithm::rs256, Algorithm::ps256}) ? 0 : 1;
    }
    CHECK(refused == static_cast<int>((token.size() + 6) / 7));
}

TEST_CASE("alg none is refused, with and without a signature") {
    const std::string unsigned_token = part(R"({"alg":"none"})") + "." + part(R"({"sub":"me"})") + ".";
    CHECK(crypto::decode_jwt(unsigned_token));
    CHECK_FALSE(verifies(unsigned_token, {Algorithm::rs256, Algorithm::ps256}));
    const std::string signature = sample().substr(sample().rfind('.') + 1);
    CHECK_FALSE(verifies(unsigned_token + signature, {Algorithm::rs256, Algorithm::ps256}));
    CHECK_THROWS_AS(crypto::sign_jwt(Json{{"alg", "none"}}, Json::object(), test::rsa_key()),
                    std::invalid_argument);
}

TEST_CASE("HS256 keyed with the public key is refused") {
    const std::string input = part(R"({"alg":"HS256"})") + "." + part(R"({"sub":"me"})");
    const std::string key = test::rsa_key().public_key().pem();
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(input.data()), input.size(), mac, &size);
    const std::string token = input + "." + base64url({reinterpret_cast<const char*>(mac), size});
    CHECK(crypto::decode_jwt(token));
    CHECK_FALSE(verifies(token, {Algorithm::rs256, Algorithm::ps256}));
}

TEST_CASE("what is no strict compact token does not decode") {
    const std::string header = part(R"({"alg":"RS256"})");
    const std::string object = part("{}");
    CHECK(crypto::decode_jwt(header + "." + object + ".AA"));
    for (const std::string& token : {
             std::string(),
             std::string("a.b"),
             header + "." + object,
             header + "." + object + ".AA.AA",
             header + "." + object + ".A",
             header + "." + object + ".AB",  // bits beyond the byte
             header + "." + object + ".AAB",
             header + "." + object + ".AAAAAB",
             header + "." + object + ".AAA=",
             header + "." + object + "==.AA",
             header + "." + object + ".a+b/",
             header + "." + part("[]") + ".AA",
             header + "." + part("\"text\"") + ".AA",
             header + "." + part("{") + ".AA",
             part(R"({"alg":"RS256","alg":"PS256"})") + "." + object + ".AA",
             part(R"({"alg":"RS256","crit":["x"]})") + "." + object + ".AA",
             " " + header + "." + object + ".AA",
         }) {
        CAPTURE(token);
        CHECK_FALSE(crypto::decode_jwt(token));
    }
}
