#include "core/front_door/hosts.hpp"

#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/entra/token_service.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace azid::test {

namespace {

constexpr const char* reader_role = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

struct Answer {
    int status;
    Json body;
    http::Headers headers;
};

struct FrontDoor : World {
    std::string token_for(const Caller& caller, const std::string& resource) {
        std::string token;
        as(caller,
           [&](Session& session) { token = entra::issue_token_to_caller(session, resource).access_token; });
        return token;
    }

    Answer ask(const std::string& method, const std::string& url, const std::string& token,
               const Json& body = nullptr) {
        http::Request request = http::request_to(url);
        request.method = method;
        if (!token.empty()) request.headers["Authorization"] = "Bearer " + token;
        if (!body.is_null()) request.body = compact(body);
        http::Response response;
        as_nobody([&](Session& session) { response = front_door::answer(session, request); });
        return {response.status, response.body.empty() ? Json(nullptr) : Json::parse(response.body),
                response.headers};
    }

    std::string arm(const std::string& path) const {
        return "https://management.azure.com/subscriptions/" + subscription + path +
               "?api-version=2024-11-01";
    }

    void give_reader(const std::string& principal, const std::string& scope) {
        as_admin([&](Session& session) {
            rbac::RoleAssignment assignment;
            assignment.name = new_guid(session.random);
            assignment.scope = scope;
            assignment.role_definition_id = reader_role;
            assignment.principal_id = principal;
            assignment.principal_type = "ServicePrincipal";
            session.rbac.save(assignment);
        });
    }

    Caller caller_for(const entra::ServicePrincipal& principal) const {
        return {principal.id, tenant.id, principal.app_id, principal.app_id, false, {}, {}, {}};
    }
};

std::string code_of(const Answer& answer) { return answer.body["error"]["code"].get<std::string>(); }
std::string message_of(const Answer& answer) { return answer.body["error"]["message"].get<std::string>(); }

}  // namespace

TEST_CASE_FIXTURE(FrontDoor, "Resource Manager asks for a token, and for one of its own") {
    const Answer none = ask("GET", arm(""), "");
    CHECK(none.status == 401);
    CHECK(
        compact(none.body) ==
        R"({"error":{"code":"AuthenticationFailed","message":"Authentication failed. The 'Authorization' header is missing."}})");
    CHECK(none.headers.at("WWW-Authenticate") ==
          "Bearer authorization_uri=\"https://login.windows.net/" + tenant.id +
              "\", error=\"invalid_token\", error_description=\"The authentication failed because of "
              "missing 'Authorization' header.\"");
    CHECK(message_of(ask("GET", arm(""), "not.a.token")) == "The access token is invalid.");
    const Answer foreign = ask("GET", arm(""), token_for(admin, "https://vault.azure.net"));
    CHECK(foreign.status == 401);
    CHECK(message_of(foreign) ==
          "The access token has been obtained for wrong audience or resource 'https://vault.azure.net'. It "
          "should exactly "
          "match with one of the allowed audiences 'https://management.core.windows.net/',"
          "'https://management.core.windows.net','https://management.azure.com/','https://"
          "management.azure.com'.");
    CHECK(ask("GET", arm(""), token_for(admin, "https://management.azure.com/")).status == 200);
}

TEST_CASE_FIXTURE(FrontDoor, "a token that is past its time is refused with both times") {
    const std::string token = token_for(admin, "https://management.azure.com/");
    now += std::chrono::hours(2);
    const Answer late = ask("GET", arm(""), token);
    CHECK(code_of(late) == "ExpiredAuthenticationToken");
    CHECK(message_of(late) ==
          "The access token expiry UTC time '1/2/2025 4:04:05 AM' is earlier than current UTC time '1/2/2025 "
          "5:04:05 AM'.");
}

TEST_CASE_FIXTURE(FrontDoor, "every request names an api-version that is a date") {
    const std::string token = token_for(admin, "https://management.azure.com/");
    const std::string base = "https://management.azure.com/subscriptions/" + subscription;
    CHECK(code_of(ask("GET", base, token)) == "MissingApiVersionParameter");
    CHECK(code_of(ask("GET", base + "?api-version=latest", token)) == "InvalidApiVersionParameter");
    CHECK(ask("GET", base + "?api-version=2024-07-01-preview", token).status == 200);
}

TEST_CASE_FIXTURE(FrontDoor, "groups and resources come and go over the wire") {
    const std::string token = token_for(admin, "https://management.azure.com/");
    CHECK(ask("PUT", arm("/resourcegroups/rg1"), token, {{"location", "westeurope"}, {"tags", {{"a", "b"}}}})
              .status == 201);
    CHECK(ask("PUT", arm("/resourceGroups/RG1"), token, {{"location", "westeurope"}, {"tags", {{"a", "b"}}}})
              .status == 200);
    CHECK(ask("HEAD", arm("/resourcegroups/rg1"), token).status == 204);
    CHECK(ask("HEAD", arm("/resourcegroups/rg2"), token).status == 404);
    const std::string identity =
        "/resourceGroups/rg1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1";
    CHECK(ask("PUT", arm(identity), token, {{"location", "westeurope"}}).status == 201);
    CHECK(ask("GET", arm(identity), token).body["name"] == "id1");
    CHECK(ask("GET", arm("/providers/Microsoft.ManagedIdentity/userAssignedIdentities"), token)
              .body["value"]
              .size() == 1);
    const Answer listed = ask("GET", arm("/resources"), token);
    REQUIRE(listed.body["value"].size() == 1);
    CHECK_FALSE(listed.body["value"][0].contains("createdTime"));
    CHECK(ask("GET", arm("/resources") + "&$filter=resourceType%20eq%20'Microsoft.Compute/virtualMachines'",
              token)
              .body["value"]
              .empty());
    CHECK(
        ask("GET", arm("/resourcegroups") + "&$filter=tagName%20eq%20'a'%20and%20tagValue%20eq%20'b'", token)
            .body["value"]
            .size() == 1);
    CHECK(ask("DELETE", arm(identity), token).status == 200);
    CHECK(ask("DELETE", arm(identity), token).status == 204);
    CHECK(code_of(ask("GET", arm(identity), token)) == "ResourceNotFound");
}

TEST_CASE_FIXTURE(FrontDoor, "what no provider serves is refused by name") {
    const std::string token = token_for(admin, "https://management.azure.com/");
    add_group("rg1");
    CHECK(code_of(ask("GET", arm("/resourceGroups/rg1/providers/Contoso.Web/sites/x"), token)) ==
          "InvalidResourceNamespace");
    CHECK(code_of(ask("GET", arm("/resourceGroups/rg1/providers/Microsoft.ManagedIdentity/nosuch/x"),
                      token)) == "InvalidResourceType");
    CHECK(ask("PUT", arm("/resourcegroups/rg3"), token, Json::array()).status == 400);
    CHECK(code_of(ask("GET", "https://management.azure.com/subscriptions/x?api-version=2024-11-01", token)) ==
          "InvalidSubscriptionId");
    CHECK(code_of(ask("GET",
                      "https://management.azure.com/subscriptions/"
                      "00000000-0000-4000-8000-000000000000?api-version=2024-11-01",
                      token)) == "SubscriptionNotFound");
    CHECK(ask("OPTIONS", arm("/resourcegroups/rg1"), token).status == 405);
}

TEST_CASE_FIXTURE(FrontDoor, "a subscription is visible to whoever has any role in it, however small") {
    add_group("rg1");
    const Caller identity = caller_for(add_identity("rg1", "id1"));
    const std::string token = token_for(identity, "https://management.azure.com/");
    const std::string list = "https://management.azure.com/subscriptions?api-version=2024-11-01";
    CHECK(ask("GET", list, token).body["value"].empty());
    CHECK(code_of(ask("GET", arm(""), token)) == "AuthorizationFailed");
    give_reader(identity.object_id, "/subscriptions/" + subscription + "/resourceGroups/rg1");
    CHECK(ask("GET", list, token).body["value"].size() == 1);
    CHECK(ask("GET", arm(""), token).body["displayName"] == "Azure subscription 1");
}

TEST_CASE_FIXTURE(FrontDoor, "Graph answers its own tokens only") {
    const std::string users = "https://graph.microsoft.com/v1.0/users";
    const Answer none = ask("GET", users, "");
    CHECK(none.status == 401);
    CHECK(code_of(none) == "InvalidAuthenticationToken");
    CHECK(message_of(ask("GET", users, token_for(admin, "https://management.azure.com/"))) ==
          "Access token validation failure. Invalid audience.");
    CHECK(ask("GET", users, token_for(admin, "https://graph.microsoft.com")).status == 200);
    add_group("rg1");
    const Caller identity = caller_for(add_identity("rg1", "id1"));
    CHECK(ask("GET", users, token_for(identity, "https://graph.microsoft.com")).status == 403);
}

TEST_CASE_FIXTURE(FrontDoor, "a host that azid does not stand in for is an error, not an answer") {
    CHECK_THROWS_AS(ask("GET", "https://example.com/", ""), Error);
    CHECK_FALSE(front_door::is_known_host("vault.azure.net.example.com"));
    CHECK(front_door::is_known_host("KV1.vault.azure.net"));
    CHECK_FALSE(front_door::is_known_host(".vault.azure.net"));
}

}  // namespace azid::test
