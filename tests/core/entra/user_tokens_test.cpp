// A user's name and password over the wire: what MSAL asks, what it gets, and how it renews.
#include "core/entra/user_tokens.hpp"

#include "core/base/json.hpp"
#include "core/crypto/jws.hpp"
#include "core/entra/access_token.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/token_service.hpp"
#include "core/entra/users.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace azid::test {

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;
constexpr const char* endpoint = "/oauth2/v2.0/token";
constexpr const char* ann = "ann@contoso.onmicrosoft.com";

struct SignIn : World {
    SignIn() {
        as_admin([](Session& session) {
            entra::NewUser wanted;
            wanted.user_principal_name = ann;
            wanted.display_name = "Ann";
            wanted.mail_nickname = "ann";
            wanted.password = "Passw0rd!x";
            entra::create_user(session, wanted);
        });
    }

    static Form password_form(const std::string& password = "Passw0rd!x") {
        return {{"grant_type", "password"},
                {"client_id", std::string(entra::azure_cli_app_id)},
                {"username", ann},
                {"password", password},
                {"client_info", "1"},
                {"scope", "https://management.core.windows.net//.default offline_access openid profile"}};
    }
    Form refresh_form(const std::string& token) const {
        return {{"grant_type", "refresh_token"},
                {"client_id", std::string(entra::azure_cli_app_id)},
                {"refresh_token", token},
                {"scope", "https://vault.azure.net/.default offline_access openid profile"}};
    }
    std::string first_refresh_token() {
        return text_at(parse_json(post_login(endpoint, password_form()).body), "refresh_token");
    }
    template <class Member, class Value>
    void change(Member member, Value value) {
        entra::UserChange wanted;
        wanted.*member = value;
        as_admin([&](Session& session) { entra::update_user(session, ann, wanted); });
    }
};

std::string refusal_of(const http::Response& response) {
    const Json body = parse_json(response.body);
    return std::to_string(response.status) + " " + text_at(body, "error") + " " +
           compact(body["error_codes"]);
}

std::shared_ptr<const Json> claims_in(const std::string& token) {
    const std::optional<crypto::Jwt> jwt = crypto::decode_jwt(token);
    REQUIRE(jwt);
    return jwt->payload;
}

}  // namespace

TEST_CASE_FIXTURE(SignIn, "before it sends a password MSAL is told that the account is a managed one") {
    const http::Response realm = get_login("/common/userrealm/ann@contoso.onmicrosoft.com?api-version=1.0");
    CHECK(realm.status == 200);
    CHECK(text_at(parse_json(realm.body), "account_type") == "Managed");
    CHECK(text_at(parse_json(get_login("/common/userrealm/ann@example.com?api-version=1.0").body),
                  "account_type") == "Unknown");
}

TEST_CASE_FIXTURE(SignIn, "a password buys the tokens that the scopes ask for") {
    const http::Response response = post_login(endpoint, password_form());
    REQUIRE(response.status == 200);
    const Json body = parse_json(response.body);
    const std::shared_ptr<const Json> id = claims_in(text_at(body, "id_token"));
    CHECK((*id)["aud"] == std::string(entra::azure_cli_app_id));
    CHECK((*id)["iss"] == "https://login.microsoftonline.com/" + tenant.id + "/v2.0");
    CHECK((*id)["preferred_username"] == ann);
    CHECK_FALSE(text_at(body, "client_info").empty());
    CHECK_FALSE(text_at(body, "refresh_token").empty());
    Form plain = password_form();
    plain.back().second = "https://management.core.windows.net//.default";
    const Json less = parse_json(post_login(endpoint, plain).body);
    CHECK_FALSE(less.contains("id_token"));
    CHECK_FALSE(less.contains("refresh_token"));
}

TEST_CASE_FIXTURE(SignIn, "a refresh token buys tokens for other APIs, and is none itself") {
    const std::string token = first_refresh_token();
    const http::Response renewed = post_login(endpoint, refresh_form(token));
    REQUIRE(renewed.status == 200);
    const Json body = parse_json(renewed.body);
    CHECK((*claims_in(text_at(body, "access_token")))["aud"] == "https://vault.azure.net");
    CHECK((*claims_in(text_at(body, "access_token")))["upn"] == ann);
    CHECK_FALSE(text_at(body, "refresh_token").empty());
    as_nobody([&](Session& session) {
        const entra::TokenExpectation any{tenant.id, {}, now};
        CHECK(entra::read_access_token(session.entra, token, any).flaw == entra::TokenFlaw::malformed);
    });
    CHECK(refusal_of(post_login(endpoint, refresh_form(text_at(body, "access_token")))) ==
          "400 invalid_grant [70000]");
    CHECK(refusal_of(post_login(endpoint, refresh_form("x"))) == "400 invalid_grant [70000]");
    CHECK(refusal_of(post_login(endpoint, refresh_form(token + "A"))) == "400 invalid_grant [70000]");
    CHECK(refusal_of(post_login(endpoint, refresh_form(""))) == "400 invalid_request [900144]");
    Form other = refresh_form(token);
    other[1].second = "1950a258-227b-4e31-a9cf-717495945fc2";
    CHECK(refusal_of(post_login(endpoint, other)) == "400 invalid_grant [70000]");
}

TEST_CASE_FIXTURE(SignIn, "a refresh token ends with its time, its password and its user") {
    const std::string token = first_refresh_token();
    SUBCASE("after ninety days") {
        now += std::chrono::days(90);
        CHECK(refusal_of(post_login(endpoint, refresh_form(token))) == "400 invalid_grant [700082]");
    }
    SUBCASE("when the password changes") {
        change(&entra::UserChange::password, "An0ther!pass");
        CHECK(refusal_of(post_login(endpoint, refresh_form(token))) == "400 invalid_grant [50173]");
    }
    SUBCASE("when the user is disabled") {
        change(&entra::UserChange::enabled, false);
        CHECK(refusal_of(post_login(endpoint, refresh_form(token))) == "400 invalid_grant [50057]");
    }
    SUBCASE("when the user is deleted") {
        as_admin([](Session& session) { entra::delete_user(session, ann); });
        CHECK(refusal_of(post_login(endpoint, refresh_form(token))) == "400 invalid_grant [50034]");
    }
}

TEST_CASE_FIXTURE(SignIn, "a wrong or temporary password is refused over the wire too") {
    CHECK(refusal_of(post_login(endpoint, password_form("wrong"))) == "400 invalid_grant [50126]");
    change(&entra::UserChange::must_change_password, true);
    CHECK(refusal_of(post_login(endpoint, password_form())) == "400 invalid_grant [50055]");
}

}  // namespace azid::test
