#include "core/web/identity_endpoint.hpp"

#include "core/base/json.hpp"
#include "core/web/sites.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace azid;

namespace {

struct App : test::World {
    App() {
        add_group("rg");
        one = add_identity("rg", "one");
        two = add_identity("rg", "two");
    }

    // An app on the consumption plan, with an identity block.
    void make(const Json& identity, bool linux = true) {
        as_admin([&](Session& session) {
            app = arm::ResourceId(subscription, "rg", "Microsoft.Web", {{"sites", "shop"}});
            web::put_site(session, app,
                          {{"location", "westeurope"},
                           {"kind", "functionapp"},
                           {"identity", identity},
                           {"properties", {{"reserved", linux}}}});
        });
    }
    Json both() const {
        return {{"type", "SystemAssigned, UserAssigned"},
                {"userAssignedIdentities", {{one.resource_id, Json::object()}}}};
    }

    http::Response ask(const std::string& query, http::Headers headers,
                       const std::string& path = "/MSI/token/", const std::string& method = "GET") {
        http::Request request = http::request_to("http://127.0.0.1:41013" + path + "?" + query);
        request.method = method;
        request.headers = std::move(headers);
        http::Response response;
        as_nobody([&](Session& session) {
            response = web::answer_app_identity(session, app, request, "the-secret");
        });
        return response;
    }
    http::Response token(const std::string& more = {}) {
        return ask("api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net" + more,
                   {{"X-IDENTITY-HEADER", "the-secret"}});
    }
    http::Response old_token(const std::string& more = {}) {
        return ask("resource=https://vault.azure.net&api-version=2017-09-01" + more,
                   {{"Secret", "the-secret"}});
    }

    arm::ResourceId app;
    entra::ServicePrincipal one;
    entra::ServicePrincipal two;
};

Json body_of(const http::Response& response) { return parse_json(response.body); }

}  // namespace

TEST_CASE_FIXTURE(App, "an app's code gets a token of the app's own identity") {
    make(both());
    const http::Response response = token();
    REQUIRE(response.status == 200);
    const Json body = body_of(response);
    CHECK(body.size() == 6);
    CHECK(body["resource"] == "https://vault.azure.net");
    CHECK(body["token_type"] == "Bearer");
    CHECK(body["client_id"] != one.app_id);
    CHECK(std::stoll(body["expires_on"].get<std::string>()) -
              std::stoll(body["not_before"].get<std::string>()) ==
          86700);
    CHECK(token().body == response.body);
}

TEST_CASE_FIXTURE(App, "each selector names an identity of the app, and no other") {
    make(both());
    CHECK(body_of(token("&client_id=" + one.app_id))["client_id"] == one.app_id);
    CHECK(body_of(token("&principal_id=" + one.id))["client_id"] == one.app_id);
    CHECK(body_of(token("&object_id=" + one.id))["client_id"] == one.app_id);
    CHECK(body_of(token("&mi_res_id=" + http::url_encoded(one.resource_id)))["client_id"] == one.app_id);
    const http::Response other = token("&client_id=" + two.app_id);
    CHECK(other.status == 400);
    CHECK(
        other.body ==
        R"({"statusCode":400,"message":"No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId."})");
    CHECK(token("&client_id=" + one.app_id + "&object_id=" + one.id).status == 400);
}

TEST_CASE_FIXTURE(App, "without a selector only the app's own identity is meant, unlike in a machine") {
    make({{"type", "UserAssigned"}, {"userAssignedIdentities", {{one.resource_id, Json::object()}}}});
    CHECK(token().status == 400);
    CHECK(token("&client_id=" + one.app_id).status == 200);
}

TEST_CASE_FIXTURE(App, "the header holds the app's secret, or there is no token") {
    make(both());
    const std::string query = "api-version=2019-08-01&resource=https://vault.azure.net";
    CHECK(ask(query, {}).status == 401);
    CHECK(ask(query, {{"X-IDENTITY-HEADER", ""}}).status == 401);
    CHECK(ask(query, {{"X-IDENTITY-HEADER", "the-secreT"}}).status == 401);
    CHECK(ask(query, {{"secret", "the-secret"}}).status == 401);
    CHECK(ask(query, {{"Metadata", "true"}}).status == 401);
    CHECK(ask(query, {{"x-identity-header", "the-secret"}}).status == 200);
}

TEST_CASE_FIXTURE(App, "the api-version, the resource and the method are checked") {
    make(both());
    const http::Headers headers{{"X-IDENTITY-HEADER", "the-secret"}};
    CHECK(ask("resource=https://vault.azure.net", headers).status == 400);
    CHECK(ask("api-version=2020-01-01&resource=https://vault.azure.net", headers).status == 400);
    CHECK(ask("api-version=2019-08-01", headers).status == 400);
    CHECK(ask("api-version=2019-08-01&resource=https://vault.azure.net", headers, "/msi/token", "POST")
              .status == 405);
    CHECK(ask("api-version=2019-08-01&resource=https://vault.azure.net", headers, "/metadata/instance")
              .status == 404);
    CHECK(token("&resource=x").status == 200);  // the first counts
    CHECK(ask("api-version=2019-08-01&resource=https://unknown.example", headers).status == 500);
}

TEST_CASE_FIXTURE(App, "the older endpoint writes dates, as the app's system does") {
    SUBCASE("on Linux") {
        make(both());
        CHECK(body_of(old_token())["expires_on"] == "01/03/2025 03:04:05 +00:00");
    }
    SUBCASE("on Windows") {
        make(both(), false);
        CHECK(body_of(old_token())["expires_on"] == "1/3/2025 3:04:05 AM +00:00");
    }
    CHECK(body_of(old_token()).size() == 4);
    CHECK(old_token("&clientid=" + one.app_id).status == 200);
    const Json refusal = body_of(old_token("&clientid=" + two.app_id));
    CHECK(refusal["StatusCode"] == 400);
    CHECK(refusal["Message"] == "No MSI found for specified ClientId/ResourceId.");
}
