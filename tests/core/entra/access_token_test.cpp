#include "core/entra/access_token.hpp"

#include "core/base/base64.hpp"
#include "core/base/http.hpp"
#include "core/base/json.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/jws.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/signing_key.hpp"
#include "core/entra/token_service.hpp"
#include "support/keys.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <nlohmann/json.hpp>

using namespace azid;
using entra::TokenFlaw;

namespace {

struct Tokens : test::World {
    Tokens() {
        as_admin([&](Session& session) {
            token = entra::issue_token_to_caller(session, "https://vault.azure.net").access_token;
            signing = entra::ensure_signing_key(session, tenant.id);
        });
    }

    entra::TokenReading read(const std::string& text, std::span<const std::string_view> audiences,
                             const std::string& trusted) {
        entra::TokenReading reading;
        as_nobody([&](Session& session) {
            reading = entra::read_access_token(session.entra, text, {trusted, audiences, now});
        });
        return reading;
    }
    TokenFlaw flaw(const std::string& text) { return read(text, entra::key_vault_audiences, tenant.id).flaw; }

    // The token with claims changed, signed by the tenant's own key.
    std::string reissued(const Json& changes) {
        Json claims = *crypto::decode_jwt(token)->payload;
        for (const auto& [name, value] : changes.items()) claims[name] = value;
        return crypto::sign_jwt(*crypto::decode_jwt(token)->header, claims,
                                *crypto::PrivateKey::from_pem(signing.private_key));
    }

    std::string token;
    entra::SigningKey signing;
};

}  // namespace

TEST_CASE_FIXTURE(Tokens, "a good token says who calls") {
    const entra::TokenReading reading = read(token, entra::key_vault_audiences, tenant.id);
    CHECK(reading.flaw == TokenFlaw::none);
    CHECK(reading.caller.object_id == admin.object_id);
    CHECK(reading.caller.tenant_id == tenant.id);
    CHECK(reading.caller.name == admin.name);
    CHECK(reading.caller.is_user);
    CHECK(reading.audience == "https://vault.azure.net");
    CHECK(reading.expires == std::chrono::floor<std::chrono::seconds>(now) + std::chrono::hours(1));
}

TEST_CASE_FIXTURE(Tokens, "no flipped bit goes unnoticed") {
    for (size_t at = 0; at < token.size(); at += 11) {
        std::string flipped = token;
        flipped[at] = static_cast<char>(flipped[at] ^ 1);
        CAPTURE(at);
        const entra::TokenReading reading = read(flipped, entra::key_vault_audiences, tenant.id);
        CHECK(reading.flaw != TokenFlaw::none);
        CHECK(reading.caller.object_id.empty());
    }
}

TEST_CASE_FIXTURE(Tokens, "alg none, HS256 with the public key and PS256 are refused") {
    const std::string claims = token.substr(token.find('.'), token.rfind('.') - token.find('.'));
    const auto with_algorithm = [&](const char* name) {
        return base64url(compact(Json{{"typ", "JWT"}, {"alg", name}, {"kid", signing.kid}})) + claims;
    };
    CHECK(flaw(with_algorithm("none") + ".") == TokenFlaw::bad_algorithm);
    const std::string input = with_algorithm("HS256");
    const std::string key = crypto::Certificate::from_der(signing.certificate)->public_key().pem();
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(input.data()), input.size(), mac, &size);
    CHECK(flaw(input + "." + base64url({reinterpret_cast<const char*>(mac), size})) ==
          TokenFlaw::bad_algorithm);
    const Json header{{"alg", "PS256"}, {"kid", signing.kid}};
    CHECK(flaw(crypto::sign_jwt(header, *crypto::decode_jwt(token)->payload,
                                *crypto::PrivateKey::from_pem(signing.private_key))) ==
          TokenFlaw::bad_algorithm);
}

TEST_CASE_FIXTURE(Tokens, "a stranger's key does not become the tenant's by its name") {
    const crypto::Jwt jwt = *crypto::decode_jwt(token);
    CHECK(flaw(crypto::sign_jwt(*jwt.header, *jwt.payload, test::rsa_key(9))) == TokenFlaw::bad_signature);
    Json header = *jwt.header;
    header["kid"] = "unknown";
    CHECK(flaw(crypto::sign_jwt(header, *jwt.payload, test::rsa_key(9))) == TokenFlaw::unknown_key);
    CHECK(flaw("three.little.words") == TokenFlaw::malformed);
    CHECK(flaw("") == TokenFlaw::malformed);
}

TEST_CASE_FIXTURE(Tokens, "issuer, audience and time are each refused by name") {
    CHECK(read(token, entra::key_vault_audiences, "00000000-0000-4000-8000-000000000000").flaw ==
          TokenFlaw::wrong_issuer);
    CHECK(flaw(reissued({{"iss", "https://sts.windows.net/x/"}})) == TokenFlaw::wrong_issuer);
    CHECK(flaw(reissued({{"aud", "https://vault.azure.net/"}})) == TokenFlaw::wrong_audience);
    CHECK(read(token, entra::resource_manager_audiences, tenant.id).flaw == TokenFlaw::wrong_audience);
    now += std::chrono::hours(1) + std::chrono::minutes(4);
    CHECK(flaw(token) == TokenFlaw::none);
    now += std::chrono::minutes(1);
    CHECK(flaw(token) == TokenFlaw::expired);
    now -= std::chrono::hours(2);
    CHECK(flaw(token) == TokenFlaw::not_yet_valid);
}

TEST_CASE("a bearer token is read from its header") {
    http::Request request;
    CHECK(entra::bearer_token(request).empty());
    request.headers["authorization"] = "bearer  abc ";
    CHECK(entra::bearer_token(request) == "abc");
    request.headers["authorization"] = "Basic abc";
    CHECK(entra::bearer_token(request).empty());
}
