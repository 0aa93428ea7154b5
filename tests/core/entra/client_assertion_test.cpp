#include "core/entra/client_assertion.hpp"

#include "core/base/base64.hpp"
#include "core/base/json.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/jws.hpp"
#include "core/msi/certificates.hpp"
#include "core/msi/federated.hpp"
#include "support/keys.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <nlohmann/json.hpp>

#include <optional>

using namespace azid;

namespace {

// An identity with its certificate, and the assertions one can make with it.
struct Assertions : test::World {
    Assertions() {
        add_group("rg");
        identity = add_identity("rg", "app");
        as_nobody([&](Session& session) { credential = msi::ensure_certificate(session, identity); });
        certificate = crypto::Certificate::from_der(credential.certificate);
        endpoint = "https://login.microsoftonline.com/" + tenant.id + "/oauth2/v2.0/token";
        header = Json{{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", certificate->x5t_s256()}};
        const std::int64_t at = unix_seconds(now);
        payload = Json{
            {"aud", endpoint}, {"iss", identity.app_id}, {"sub", identity.app_id}, {"jti", "some-identity"},
            {"nbf", at},       {"exp", at + 600}};
    }

    std::string signed_text() const {
        return crypto::sign_jwt(header, payload, *crypto::PrivateKey::from_pem(credential.private_key));
    }
    http::Response present(const std::string& assertion) {
        return post_login("/oauth2/v2.0/token", {{"grant_type", "client_credentials"},
                                                 {"client_id", identity.app_id},
                                                 {"client_assertion_type",
                                                  "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                                                 {"client_assertion", assertion},
                                                 {"scope", "https://vault.azure.net/.default"}});
    }
    // "200", or the status and number of the refusal.
    std::string verdict(const std::string& assertion) {
        const http::Response response = present(assertion);
        if (response.status == 200) return "200";
        return std::to_string(response.status) + " " + parse_json(response.body)["error_codes"][0].dump();
    }
    std::string verdict() { return verdict(signed_text()); }

    entra::ServicePrincipal identity;
    msi::Certificate credential;
    std::optional<crypto::Certificate> certificate;
    std::string endpoint;
    Json header;
    Json payload;
};

}  // namespace

TEST_CASE_FIXTURE(Assertions, "an assertion by the identity's certificate buys a day's token") {
    const http::Response response = present(signed_text());
    REQUIRE(response.status == 200);
    const Json body = parse_json(response.body);
    CHECK(body["expires_in"] == 86399);
    const Json claims = *crypto::decode_jwt(text_at(body, "access_token"))->payload;
    CHECK(claims["appidacr"] == "2");
    CHECK(claims["exp"].get<std::int64_t>() - claims["iat"].get<std::int64_t>() == 86700);
    CHECK(claims["xms_mirid"] == "/subscriptions/" + subscription +
                                     "/resourcegroups/rg/providers/Microsoft.ManagedIdentity/"
                                     "userAssignedIdentities/app");
}

TEST_CASE_FIXTURE(Assertions, "both algorithms and both thumbprints are taken") {
    header = Json{{"alg", "RS256"}, {"typ", "JWT"}, {"x5t", certificate->x5t()}};
    CHECK(verdict() == "200");
    header["alg"] = "PS256";
    CHECK(verdict() == "200");
    header.erase("x5t");
    CHECK(verdict() == "401 50027");
}

TEST_CASE_FIXTURE(Assertions, "the audience may be any name of the tenant's token endpoint") {
    for (const std::string& audience :
         {endpoint, "https://login.microsoftonline.com/" + tenant.id + "/oauth2/token",
          "https://login.windows.net/" + tenant.default_domain + "/oauth2/v2.0/token"}) {
        payload["aud"] = audience;
        CHECK(verdict() == "200");
    }
    for (const char* audience : {"https://login.example/oauth2/token",
                                 "https://login.microsoftonline.com/x/oauth2/token", "", "file:///"}) {
        payload["aud"] = audience;
        CHECK(verdict() == "401 700023");
    }
}

TEST_CASE_FIXTURE(Assertions, "issuer and subject are the client itself") {
    payload["sub"] = "someone-else";
    CHECK(verdict() == "401 700021");
    payload["sub"] = identity.app_id;
    payload["iss"] = "someone-else";
    CHECK(verdict() == "401 700021");
}

TEST_CASE_FIXTURE(Assertions, "an assertion holds within its time and five minutes around") {
    const auto at = [&](std::chrono::seconds from, std::chrono::seconds to) {
        payload["nbf"] = unix_seconds(now + from);
        payload["exp"] = unix_seconds(now + to);
        return verdict();
    };
    using std::chrono::minutes;
    CHECK(at(minutes(4), minutes(10)) == "200");
    CHECK(at(minutes(6), minutes(10)) == "401 700024");
    CHECK(at(minutes(-10), minutes(-4)) == "200");
    CHECK(at(minutes(-10), minutes(-6)) == "401 700024");
    payload.erase("exp");
    CHECK(verdict() == "401 700024");
}

TEST_CASE_FIXTURE(Assertions, "a forged signature is refused") {
    std::string token = signed_text();
    const size_t signature = token.rfind('.') + 1;
    token[signature] = token[signature] == 'A' ? 'B' : 'A';
    CHECK(verdict(token) == "401 700027");
    CHECK(verdict(crypto::sign_jwt(header, payload, test::rsa_key(7))) == "401 700027");
    const std::string other = signed_text();
    payload["jti"] = "another";
    const std::string mixed =
        signed_text().substr(0, signed_text().rfind('.')) + other.substr(other.rfind('.'));
    CHECK(verdict(mixed) == "401 700027");
}

TEST_CASE_FIXTURE(Assertions, "a certificate that is not the client's is refused by its thumbprint") {
    const crypto::Certificate foreign = crypto::Certificate::self_signed(
        {identity.app_id, now, now + std::chrono::days(90), "serial"}, test::rsa_key(7));
    header = Json{{"alg", "RS256"}, {"typ", "JWT"}, {"x5t", foreign.x5t()}};
    const http::Response response = present(crypto::sign_jwt(header, payload, test::rsa_key(7)));
    CHECK(response.status == 401);
    CHECK(text_at(parse_json(response.body), "error_description")
              .starts_with(
                  "AADSTS700027: Client assertion contains an invalid signature. [Reason - The key was not "
                  "found., Thumbprint of key used by client: '" +
                  foreign.thumbprint() + "',"));
}

TEST_CASE_FIXTURE(Assertions, "alg none and HS256 with the public key are refused") {
    const std::string claims = "." + base64url(compact(payload)) + ".";
    header["alg"] = "none";
    CHECK(verdict(base64url(compact(header)) + claims) == "401 50027");
    header["alg"] = "HS256";
    const std::string input = base64url(compact(header)) + claims.substr(0, claims.size() - 1);
    const std::string key = certificate->public_key().pem();
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(input.data()), input.size(), mac, &size);
    CHECK(verdict(input + "." + base64url({reinterpret_cast<const char*>(mac), size})) == "401 50027");
    CHECK(verdict("no token") == "401 50027");
}

TEST_CASE_FIXTURE(Assertions, "old and new certificate are both taken while they overlap") {
    const Instant made = now;
    now = made + std::chrono::days(46);
    msi::Certificate newer;
    as_nobody([&](Session& session) { newer = msi::ensure_certificate(session, identity); });
    CHECK(newer.thumbprint != credential.thumbprint);
    payload["nbf"] = unix_seconds(now);
    payload["exp"] = unix_seconds(now) + 600;
    CHECK(verdict() == "200");
    now = made + std::chrono::days(90);
    payload["nbf"] = unix_seconds(now);
    payload["exp"] = unix_seconds(now) + 600;
    CHECK(verdict() == "401 700027");
}

TEST_CASE_FIXTURE(Assertions, "a federated assertion is matched exactly before anything else") {
    payload = Json{{"iss", "https://issuer.example"},
                   {"sub", "repo:o/r"},
                   {"aud", "api://AzureADTokenExchange"},
                   {"exp", unix_seconds(now) + 600}};
    header = Json{{"alg", "RS256"}, {"kid", "k"}};
    CHECK(verdict() == "401 70025");
    as_admin([&](Session& session) {
        const arm::ResourceId id = arm::ResourceId(subscription, "rg", "Microsoft.ManagedIdentity",
                                                   {{"userAssignedIdentities", "app"}})
                                       .child("federatedIdentityCredentials", "github");
        msi::put_federated(session, id,
                           Json{{"properties",
                                 {{"issuer", "https://issuer.example"},
                                  {"subject", "repo:o/r"},
                                  {"audiences", Json::array({"api://AzureADTokenExchange"})}}}});
    });
    CHECK(verdict() == "400 50166");
    payload["aud"] = "other";
    CHECK(verdict() == "401 700212");
    payload["sub"] = "repo:O/r";
    CHECK(verdict() == "401 7002138");
    payload["sub"] = "repo:o/other";
    CHECK(verdict() == "401 700213");
    payload["iss"] = "https://Issuer.example";
    CHECK(verdict() == "401 7002137");
    payload["iss"] = "https://issuer.example/";
    CHECK(verdict() == "401 700211");
}
