#include "core/entra/discovery.hpp"

#include "core/base/base64.hpp"
#include "core/base/json.hpp"
#include "core/crypto/certificate.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace azid;

TEST_CASE_FIXTURE(test::World, "the published key is the certificate's, named by its thumbprint") {
    const http::Response response = get_login("/" + tenant.id + "/discovery/v2.0/keys");
    REQUIRE(response.status == 200);
    const Json keys = parse_json(response.body)["keys"];
    REQUIRE(keys.size() == 1);
    const Json& key = keys[0];
    const auto certificate = crypto::Certificate::from_der(*from_base64(key["x5c"][0].get<std::string>()));
    REQUIRE(certificate);
    CHECK(key["kid"] == certificate->x5t());
    CHECK(key["x5t"] == key["kid"]);
    CHECK(key["kty"] == "RSA");
    CHECK(key["use"] == "sig");
    CHECK(key["e"] == "AQAB");
    CHECK(key["n"] == certificate->public_key().modulus());
    CHECK(key["issuer"] == "https://login.microsoftonline.com/" + tenant.id + "/v2.0");
    CHECK(certificate->subject() == "CN=accounts.accesscontrol.windows.net");
    CHECK(parse_json(get_login("/common/discovery/keys").body)["keys"][0]["kid"] == key["kid"]);
}

TEST_CASE_FIXTURE(test::World, "each endpoint's configuration names its own issuer") {
    const Json newer =
        parse_json(get_login("/" + tenant.default_domain + "/v2.0/.well-known/openid-configuration").body);
    CHECK(newer["issuer"] == "https://login.microsoftonline.com/" + tenant.id + "/v2.0");
    CHECK(newer["token_endpoint"] == "https://login.microsoftonline.com/" + tenant.id + "/oauth2/v2.0/token");
    CHECK(newer["jwks_uri"] == "https://login.microsoftonline.com/" + tenant.id + "/discovery/v2.0/keys");
    const Json older = parse_json(get_login("/" + tenant.id + "/.well-known/openid-configuration").body);
    CHECK(older["issuer"] == "https://sts.windows.net/" + tenant.id + "/");
    CHECK(older["jwks_uri"] == "https://login.microsoftonline.com/common/discovery/keys");
    CHECK(older["scopes_supported"] == Json::array({"openid"}));
    const Json common = parse_json(get_login("/common/v2.0/.well-known/openid-configuration").body);
    CHECK(common["issuer"] == "https://login.microsoftonline.com/{tenantid}/v2.0");
}

TEST_CASE_FIXTURE(test::World, "instance discovery knows Microsoft's authorities and no others") {
    const std::string path = "/common/discovery/instance?api-version=1.1&authorization_endpoint=";
    const Json known =
        parse_json(get_login(path + "https://login.microsoftonline.com/T/oauth2/v2.0/authorize").body);
    CHECK(known["tenant_discovery_endpoint"] ==
          "https://login.microsoftonline.com/T/v2.0/.well-known/openid-configuration");
    CHECK(known["metadata"].size() == 5);
    const http::Response refused = get_login(path + "https://login.example/T/oauth2/v2.0/authorize");
    CHECK(refused.status == 400);
    CHECK(parse_json(refused.body)["error"] == "invalid_instance");
}

TEST_CASE_FIXTURE(test::World, "another path is not found, another method is told so") {
    CHECK(get_login("/" + tenant.id + "/nothing").status == 404);
    CHECK(get_login("/").status == 404);
    const http::Response get = get_login("/" + tenant.id + "/oauth2/v2.0/token");
    CHECK(get.status == 400);
    CHECK(parse_json(get.body)["error_codes"][0] == 900561);
}
