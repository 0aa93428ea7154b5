#include "core/entra/token_service.hpp"

#include "core/base/json.hpp"
#include "core/crypto/jws.hpp"
#include "core/crypto/secret.hpp"
#include "core/entra/ports.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace azid;
using Form = std::vector<std::pair<std::string, std::string>>;

namespace {

constexpr const char* v2 = "/oauth2/v2.0/token";
constexpr const char* v1 = "/oauth2/token";

struct Login : test::World {
    entra::ServicePrincipal app = add_application("App", "s3cret-value");

    Form secret_form(const std::string& secret = "s3cret-value") const {
        return {{"grant_type", "client_credentials"},
                {"client_id", app.app_id},
                {"client_secret", secret},
                {"scope", "https://vault.azure.net/.default"}};
    }
    Form without(const std::string& name) const {
        Form form = secret_form();
        std::erase_if(form, [&](const auto& pair) { return pair.first == name; });
        return form;
    }
    Form with(const std::string& name, const std::string& value) const {
        Form form = without(name);
        form.emplace_back(name, value);
        return form;
    }
};

// "status error number" of a refusal: what clients branch on.
std::string refusal_of(const http::Response& response) {
    const Json body = parse_json(response.body);
    return std::to_string(response.status) + " " + text_at(body, "error") + " " + body["error_codes"].dump();
}

Json claims_of(const http::Response& response) {
    const std::optional<crypto::Jwt> jwt =
        crypto::decode_jwt(text_at(parse_json(response.body), "access_token"));
    REQUIRE(jwt);
    return *jwt->payload;
}

}  // namespace

TEST_CASE_FIXTURE(Login,
                  "a client secret buys an hour's token, and the newer endpoint answers with numbers") {
    const http::Response response = post_login(v2, secret_form());
    REQUIRE(response.status == 200);
    Json body = parse_json(response.body);
    body.erase("access_token");
    CHECK(compact(body) == R"({"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599})");
    CHECK(response.headers.at("Cache-Control") == "no-store, no-cache");
    const Json claims = claims_of(response);
    CHECK(claims["aud"] == "https://vault.azure.net");
    CHECK(claims["iss"] == "https://sts.windows.net/" + tenant.id + "/");
    CHECK(claims["appid"] == app.app_id);
    CHECK(claims["appidacr"] == "1");
    CHECK(claims["oid"] == app.id);
    CHECK(claims["sub"] == app.id);
    CHECK(claims["ver"] == "1.0");
    CHECK(claims["uti"].get<std::string>().size() == 22);
    CHECK(claims["exp"].get<std::int64_t>() - claims["iat"].get<std::int64_t>() == 3900);
    CHECK(claims["nbf"] == unix_seconds(now) - 300);
    CHECK_FALSE(claims.contains("groups"));
}

TEST_CASE_FIXTURE(Login, "the older endpoint takes a resource and answers with texts") {
    Form form = without("scope");
    form.emplace_back("resource", "https://management.core.windows.net/");
    const http::Response response = post_login(v1, form);
    REQUIRE(response.status == 200);
    Json body = parse_json(response.body);
    body.erase("access_token");
    CHECK(compact(body) ==
          R"({"token_type":"Bearer","expires_in":"3599","ext_expires_in":"3599","expires_on":"1735790645",)"
          R"("not_before":"1735786745","resource":"https://management.core.windows.net/"})");
    CHECK(claims_of(response)["aud"] == "https://management.core.windows.net/");
}

TEST_CASE_FIXTURE(Login, "a refusal has Entra's shape") {
    const http::Response response = post_login(v2, secret_form("wrong"));
    const Json body = parse_json(response.body);
    CHECK(response.status == 401);
    CHECK(text_at(body, "error") == "invalid_client");
    CHECK(text_at(body, "error_description")
              .starts_with("AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in "
                           "the request is "
                           "the client secret value, not the client secret ID, for a secret added to app '" +
                           app.app_id + "'. Trace ID: " + text_at(body, "trace_id") + " Correlation ID: "));
    CHECK(text_at(body, "timestamp") == "2025-01-02 03:04:05Z");
    CHECK(text_at(body, "error_uri") == "https://login.microsoftonline.com/error?code=7000215");
    std::string members;
    for (const auto& [name, value] : body.items()) members += name + " ";
    CHECK(members == "error error_description error_codes timestamp trace_id correlation_id error_uri ");
}

TEST_CASE_FIXTURE(Login, "every refusal has its number, error and status") {
    const std::string guid = "00000000-0000-4000-8000-000000000000";
    CHECK(refusal_of(post_login("/no-such/oauth2/v2.0/token", secret_form())) ==
          "400 invalid_request [900023]");
    CHECK(refusal_of(post_login("/nowhere.example/oauth2/v2.0/token", secret_form())) ==
          "400 invalid_request [90002]");
    CHECK(refusal_of(post_login("/" + guid + "/oauth2/v2.0/token", {})) == "400 invalid_request [90002]");
    CHECK(refusal_of(post_login("/common/oauth2/v2.0/token", secret_form())) ==
          "400 invalid_request [50059]");
    CHECK(refusal_of(post_login(v2, without("grant_type"))) == "400 invalid_request [900144]");
    CHECK(refusal_of(post_login(v2, with("grant_type", "magic"))) == "400 unsupported_grant_type [70003]");
    CHECK(refusal_of(post_login(v2, without("client_id"))) == "400 invalid_request [900144]");
    CHECK(refusal_of(post_login(v2, with("client_id", guid))) == "400 unauthorized_client [700016]");
    CHECK(refusal_of(post_login(v2, without("client_secret"))) == "401 invalid_client [7000216]");
    CHECK(refusal_of(post_login(v2, {{"grant_type", "password"},
                                     {"client_id", app.app_id},
                                     {"username", admin.name},
                                     {"password", "x"},
                                     {"scope", "openid"}})) == "401 invalid_client [7000218]");
    CHECK(refusal_of(get_login("/common/discovery/instance?api-version=1.1&authorization_endpoint="
                               "https://login.example/common/oauth2/authorize")) ==
          "400 invalid_instance [50049]");
    CHECK(refusal_of(post_login(v2, without("scope"))) == "400 invalid_scope [70011]");
    CHECK(refusal_of(post_login(v2, with("scope", "https://vault.azure.net/"))) ==
          "400 invalid_scope [1002012]");
    CHECK(refusal_of(post_login(v2, with("scope", "https://nope.example/.default"))) ==
          "400 invalid_resource [500011]");
    CHECK(refusal_of(post_login(v1, without("scope"))) == "400 invalid_request [900144]");
}

TEST_CASE_FIXTURE(Login, "what is checked first is refused first") {
    CHECK(refusal_of(post_login("/no-such/oauth2/v2.0/token", {{"grant_type", "magic"}})) ==
          "400 invalid_request [900023]");
    CHECK(refusal_of(
              post_login(v2, {{"grant_type", "client_credentials"}, {"client_id", "x"}, {"scope", "x"}})) ==
          "400 unauthorized_client [700016]");
    Form form = secret_form("wrong");
    form.back().second = "nonsense";
    CHECK(refusal_of(post_login(v2, form)) == "401 invalid_client [7000215]");
}

TEST_CASE_FIXTURE(Login, "a secret that has expired is told apart from a wrong one") {
    now += std::chrono::days(366);
    CHECK(refusal_of(post_login(v2, secret_form())) == "401 invalid_client [7000222]");
    CHECK(refusal_of(post_login(v2, secret_form("wrong"))) == "401 invalid_client [7000215]");
}

TEST_CASE_FIXTURE(Login, "a disabled service principal gets nothing") {
    app.enabled = false;
    as_nobody([&](Session& session) { session.entra.save(app); });
    CHECK(refusal_of(post_login(v2, secret_form())) == "400 unauthorized_client [7000112]");
}

TEST_CASE_FIXTURE(Login, "the audience keeps the slash that the scope asked for") {
    const auto audience = [&](const char* scope) {
        return text_at(claims_of(post_login(v2, with("scope", scope))), "aud");
    };
    CHECK(audience("https://management.azure.com//.default") == "https://management.azure.com/");
    CHECK(audience("https://management.azure.com/.default") == "https://management.azure.com");
    CHECK(audience("https://acct.blob.core.windows.net/.default") == "https://acct.blob.core.windows.net");
}

TEST_CASE_FIXTURE(Login, "groups are in tokens for ARM, vaults and storage, directory roles in Graph's") {
    as_nobody([&](Session& session) {
        const std::string inner = new_guid(session.random);
        const std::string outer = new_guid(session.random);
        session.entra.save(entra::DirectoryGroup{inner, tenant.id, "inner", "inner", "", now});
        session.entra.save(entra::DirectoryGroup{outer, tenant.id, "outer", "outer", "", now});
        session.entra.save(entra::Membership{inner, app.id, entra::PrincipalType::service_principal});
        session.entra.save(entra::Membership{outer, inner, entra::PrincipalType::group});
    });
    for (const char* resource :
         {"https://management.azure.com", "https://vault.azure.net", "https://storage.azure.com"}) {
        const Json claims = claims_of(post_login(v2, with("scope", std::string(resource) + "/.default")));
        CHECK(claims["groups"].size() == 2);
        CHECK_FALSE(claims.contains("wids"));
    }
    const Json claims = claims_of(post_login(v2, with("scope", "https://graph.microsoft.com/.default")));
    CHECK_FALSE(claims.contains("groups"));
    CHECK(claims.contains("wids"));
}

TEST_CASE_FIXTURE(Login, "a user's password buys a token with the user's name") {
    as_nobody([&](Session& session) {
        session.entra.save(entra::Secret{new_guid(session.random), admin.object_id, "", "",
                                         crypto::hash_secret("Passw0rd!", session.random.bytes(16)), now,
                                         now + std::chrono::days(90)});
    });
    Form form{{"grant_type", "password"},
              {"client_id", std::string(entra::azure_cli_app_id)},
              {"username", admin.name},
              {"password", "Passw0rd!"},
              {"scope", "https://management.core.windows.net//.default openid profile offline_access"}};
    const http::Response response = post_login("/organizations/oauth2/v2.0/token", form);
    REQUIRE(response.status == 200);
    const Json claims = claims_of(response);
    CHECK(claims["aud"] == "https://management.core.windows.net/");
    CHECK(claims["upn"] == admin.name);
    CHECK(claims["oid"] == admin.object_id);
    CHECK(claims["idtyp"] == "user");
    CHECK(claims["appidacr"] == "0");
    form[3].second = "wrong";
    CHECK(refusal_of(post_login(v2, form)) == "400 invalid_grant [50126]");
    form[2].second = "nobody@" + tenant.default_domain;
    CHECK(refusal_of(post_login(v2, form)) == "400 invalid_grant [50034]");
}
