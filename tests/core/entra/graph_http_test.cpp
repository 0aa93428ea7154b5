#include "core/entra/graph_http.hpp"

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/entra/groups.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"
#include "core/entra/users.hpp"
#include "core/msi/ports.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace azid::test {

namespace {

// Beside the administrator a user without roles and a managed identity.
struct Directory : World {
    Directory() {
        add_group("rg1");
        identity = add_identity("rg1", "id1");
        identity_caller = {identity.id, tenant.id, identity.app_id, identity.app_id, false, {}, {}, {}};
        as_admin([this](Session& session) {
            entra::NewUser wanted;
            wanted.user_principal_name = "ann@contoso.onmicrosoft.com";
            wanted.display_name = "Ann Lee";
            wanted.mail_nickname = "ann";
            wanted.password = "Passw0rd!x";
            ann_id = entra::create_user(session, wanted).id;
            graph_id = session.entra.find_service_principal_named(tenant.id, entra::graph_app_id)->id;
        });
        ann_caller.object_id = ann_id;
        ann_caller.tenant_id = tenant.id;
        ann_caller.name = "ann@contoso.onmicrosoft.com";
    }

    entra::ServicePrincipal identity;
    Caller identity_caller;
    Caller ann_caller;
    std::string ann_id;
    std::string graph_id;
};

struct Answer {
    int status;
    Json body;
};

Answer ask(Session& session, const std::string& method, const std::string& path, const Json& body = nullptr) {
    http::Request request = http::request_to("https://graph.microsoft.com/v1.0/" + path);
    request.method = method;
    request.headers["ConsistencyLevel"] = "eventual";
    if (!body.is_null()) request.body = compact(body);
    const http::Response response = entra::answer_graph(session, request);
    return {response.status, response.body.empty() ? Json(nullptr) : Json::parse(response.body)};
}

std::string message_of(const Answer& answer) { return answer.body["error"]["message"].get<std::string>(); }

}  // namespace

TEST_CASE_FIXTURE(Directory, "a managed identity's service principal looks as Graph shows it") {
    as_admin([this](Session& session) {
        const Answer answer = ask(session, "GET", "servicePrincipals/" + identity.id);
        CHECK(answer.status == 200);
        CHECK(answer.body["@odata.context"] ==
              "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals/$entity");
        CHECK(answer.body["id"] == identity.id);
        CHECK(answer.body["appId"] == identity.app_id);
        CHECK(answer.body["servicePrincipalType"] == "ManagedIdentity");
        CHECK(answer.body["alternativeNames"] ==
              Json::array({"isExplicit=True", "/subscriptions/" + subscription +
                                                  "/resourcegroups/rg1/providers/"
                                                  "Microsoft.ManagedIdentity/userAssignedIdentities/id1"}));
        CHECK(answer.body["servicePrincipalNames"].size() == 2);
        CHECK(answer.body["appOwnerOrganizationId"].is_null());
    });
}

TEST_CASE_FIXTURE(Directory,
                  "showing a managed identity's principal makes its certificate, listing does not") {
    const std::string path =
        "servicePrincipals?$filter=" + http::url_encoded("appId eq '" + identity.app_id + "'");
    as_admin([&](Session& session) {
        CHECK(ask(session, "GET", path).body["value"][0]["keyCredentials"].empty());
        const Json keys = ask(session, "GET", "servicePrincipals/" + identity.id).body["keyCredentials"];
        REQUIRE(keys.size() == 1);
        const msi::Certificate certificate = session.msi.certificates(identity.id).front();
        CHECK(keys[0] == Json{{"customKeyIdentifier", certificate.thumbprint},
                              {"displayName", "CN=" + identity.app_id},
                              {"endDateTime", utc_seconds(certificate.not_after)},
                              {"key", nullptr},
                              {"keyId", certificate.key_id},
                              {"startDateTime", utc_seconds(certificate.not_before)},
                              {"type", "AsymmetricX509Cert"},
                              {"usage", "Verify"}});
        CHECK(ask(session, "GET", path).body["value"][0]["keyCredentials"] == keys);
    });
}

TEST_CASE_FIXTURE(Directory, "service principals are found by the filters that az sends") {
    as_admin([this](Session& session) {
        const auto found = [&](const std::string& filter) {
            const Answer answer =
                ask(session, "GET", "servicePrincipals?$filter=" + http::url_encoded(filter));
            REQUIRE(answer.status == 200);
            return answer.body["value"].size();
        };
        CHECK(found("servicePrincipalNames/any(c:c eq '" + identity.app_id + "')") == 1);
        CHECK(found("servicePrincipalNames/any(c:c eq '" + identity.id + "')") == 0);
        CHECK(found("startswith(displayName,'ID')") == 1);
        CHECK(found("appId eq '" + identity.app_id + "'") == 1);
        const Answer broken = ask(session, "GET", "servicePrincipals?$filter=id1");
        CHECK(broken.status == 400);
        CHECK(broken.body["error"]["code"] == "Request_BadRequest");
    });
}

TEST_CASE_FIXTURE(Directory, "a managed identity has no right in the directory until a role gives it one") {
    const std::string readers = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";
    as(identity_caller, [](Session& session) {
        const Answer refused = ask(session, "GET", "users");
        CHECK(refused.status == 403);
        CHECK(refused.body["error"]["code"] == "Authorization_RequestDenied");
        CHECK(message_of(refused) == "Insufficient privileges to complete the operation.");
        CHECK(message_of(ask(session, "GET", "me")) ==
              "/me request is only valid with delegated authentication flow.");
    });
    as(ann_caller, [&](Session& session) {
        CHECK(ask(session, "GET", "users").status == 200);
        CHECK(ask(session, "POST", "roleManagement/directory/roleAssignments",
                  {{"principalId", identity.id}, {"roleDefinitionId", readers}, {"directoryScopeId", "/"}})
                  .status == 403);
    });
    std::string given;
    as_admin([&](Session& session) {
        const Json wanted{
            {"principalId", identity.id}, {"roleDefinitionId", readers}, {"directoryScopeId", "/"}};
        const Answer answer = ask(session, "POST", "roleManagement/directory/roleAssignments", wanted);
        CHECK(answer.status == 201);
        given = answer.body["id"].get<std::string>();
        CHECK(ask(session, "POST", "roleManagement/directory/roleAssignments", wanted).status == 400);
    });
    as(identity_caller, [](Session& session) {
        CHECK(ask(session, "GET", "users").status == 200);
        CHECK(ask(session, "DELETE", "users/ann@contoso.onmicrosoft.com").status == 403);
    });
    as_admin([&](Session& session) {
        CHECK(ask(session, "DELETE", "roleManagement/directory/roleAssignments/" + given).status == 204);
    });
    as(identity_caller, [](Session& session) { CHECK(ask(session, "GET", "users").status == 403); });
}

TEST_CASE_FIXTURE(Directory, "a Graph app role gives a managed identity what the role names") {
    as_admin([this](Session& session) {
        const Answer answer = ask(session, "POST", "servicePrincipals/" + identity.id + "/appRoleAssignments",
                                  {{"principalId", identity.id},
                                   {"resourceId", graph_id},
                                   {"appRoleId", "5b567255-7703-4780-807c-7be8301ae99b"}});
        CHECK(answer.status == 201);
        CHECK(answer.body["resourceDisplayName"] == "Microsoft Graph");
    });
    as(identity_caller, [](Session& session) {
        CHECK(ask(session, "GET", "groups").status == 200);
        CHECK(ask(session, "POST", "groups",
                  {{"displayName", "g"},
                   {"mailNickname", "g"},
                   {"securityEnabled", true},
                   {"mailEnabled", false}})
                  .status == 403);
    });
}

TEST_CASE_FIXTURE(Directory, "a user is made, shown, changed and deleted") {
    as_admin([](Session& session) {
        const Json bob{{"accountEnabled", true},
                       {"displayName", "Bob"},
                       {"mailNickname", "bobby"},
                       {"userPrincipalName", "bob@contoso.onmicrosoft.com"},
                       {"passwordProfile", {{"password", "Passw0rd!x"}}}};
        const Answer made = ask(session, "POST", "users", bob);
        CHECK(made.status == 201);
        CHECK(
            compact(made.body) ==
            R"({"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users/$entity","businessPhones":[],)"
            R"("displayName":"Bob","givenName":null,"jobTitle":null,"mail":null,"mobilePhone":null,)"
            R"("officeLocation":null,"preferredLanguage":null,"surname":null,)"
            R"("userPrincipalName":"bob@contoso.onmicrosoft.com","id":")" +
                made.body["id"].get<std::string>() + "\"}");
        CHECK(message_of(ask(session, "POST", "users", bob)) ==
              "Another object with the same value for property userPrincipalName already exists.");
        CHECK(ask(session, "PATCH", "users/bob@contoso.onmicrosoft.com", {{"displayName", "Bob B"}}).status ==
              204);
        CHECK(ask(session, "GET", "users/BOB@contoso.onmicrosoft.com").body["displayName"] == "Bob B");
        CHECK(ask(session, "GET", "users?$filter=mailNickname%20eq%20'bobby'").body["value"].size() == 1);
        CHECK(ask(session, "GET", "users/bob@contoso.onmicrosoft.com?$select=id,mailNickname")
                  .body["mailNickname"] == "bobby");
        CHECK(ask(session, "DELETE", "users/bob@contoso.onmicrosoft.com").status == 204);
        const Answer gone = ask(session, "GET", "users/bob@contoso.onmicrosoft.com");
        CHECK(gone.status == 404);
        CHECK(message_of(gone) ==
              "Resource 'bob@contoso.onmicrosoft.com' does not exist or one of its queried "
              "reference-property objects "
              "are not present.");
    });
}

TEST_CASE_FIXTURE(Directory,
                  "a user needs a whole name in the tenant's domain and a password that is hard to guess") {
    as_admin([](Session& session) {
        const auto refusal = [&](const std::string& upn, const std::string& password) {
            return message_of(ask(session, "POST", "users",
                                  {{"displayName", "X"},
                                   {"mailNickname", "x"},
                                   {"userPrincipalName", upn},
                                   {"passwordProfile", {{"password", password}}}}));
        };
        CHECK(refusal("x@elsewhere.com", "Passw0rd!x") ==
              "The domain portion of the userPrincipalName property is invalid. You must use one of the "
              "verified "
              "domain names in your organization.");
        CHECK(refusal("x", "Passw0rd!x") == "Property userPrincipalName is invalid.");
        CHECK(
            refusal("x@contoso.onmicrosoft.com", "password") ==
            "The specified password does not comply with password complexity requirements. Please provide a "
            "different password.");
    });
}

TEST_CASE_FIXTURE(Directory, "being in a group counts through the groups above it") {
    as_admin([this](Session& session) {
        const std::string inner = entra::create_group(session, "inner", "inner", "").id;
        const std::string outer = entra::create_group(session, "outer", "outer", "").id;
        const auto reference = [](const std::string& id) {
            return Json{{"@odata.id", "https://graph.microsoft.com/v1.0/directoryObjects/" + id}};
        };
        CHECK(ask(session, "POST", "groups/" + inner + "/members/$ref", reference(identity.id)).status ==
              204);
        CHECK(ask(session, "POST", "groups/" + outer + "/members/$ref", reference(inner)).status == 204);
        CHECK(message_of(ask(session, "POST", "groups/" + inner + "/members/$ref", reference(identity.id))) ==
              "One or more added object references already exist for the following modified properties: "
              "'members'.");
        CHECK(ask(session, "POST", "groups/" + inner + "/members/$ref", reference("nope")).status == 404);
        const Json asked{{"groupIds", {inner, outer, "00000000-0000-4000-8000-000000000000"}}};
        const Answer checked =
            ask(session, "POST", "directoryObjects/" + identity.id + "/checkMemberGroups", asked);
        CHECK(checked.body["value"] == Json::array({inner, outer}));
        CHECK(ask(session, "GET", "servicePrincipals/" + identity.id + "/memberOf").body["value"].size() ==
              1);
        CHECK(ask(session, "GET", "servicePrincipals/" + identity.id + "/transitiveMemberOf")
                  .body["value"]
                  .size() == 2);
        const Answer members = ask(session, "GET", "groups/" + outer + "/members");
        CHECK(members.body["value"][0]["@odata.type"] == "#microsoft.graph.group");
        CHECK(ask(session, "DELETE", "groups/" + inner + "/members/" + identity.id + "/$ref").status == 204);
        CHECK(ask(session, "DELETE", "groups/" + inner + "/members/" + identity.id + "/$ref").status == 404);
        CHECK(session.entra.transitive_groups(identity.id).empty());
    });
}

TEST_CASE_FIXTURE(Directory, "a group's security identifier is made of its object id") {
    as_admin([this](Session& session) {
        entra::DirectoryGroup group;
        group.id = "45bfccdc-27b3-440c-99bf-c2b89b8b7f36";
        group.tenant_id = tenant.id;
        group.display_name = "g";
        group.mail_nickname = "g";
        group.created = session.now;
        session.entra.save(group);
        CHECK(ask(session, "GET", "groups/" + group.id).body["securityIdentifier"] ==
              "S-1-12-1-1170197724-1141647283-3099770777-914328475");
    });
}

TEST_CASE_FIXTURE(Directory, "objects are fetched by ids, each as what it is, unknown ids left out") {
    as_admin([this](Session& session) {
        const Json wanted{
            {"ids", {identity.id, ann_id, "00000000-0000-4000-8000-000000000000"}},
            {"types", {"user", "group", "servicePrincipal", "directoryObjectPartnerReference"}}};
        const Answer answer = ask(session, "POST", "directoryObjects/getByIds", wanted);
        REQUIRE(answer.body["value"].size() == 2);
        CHECK(answer.body["value"][0].begin().key() == "@odata.type");
        CHECK(answer.body["value"][0]["@odata.type"] == "#microsoft.graph.servicePrincipal");
        CHECK(answer.body["value"][1]["userPrincipalName"] == "ann@contoso.onmicrosoft.com");
    });
}

TEST_CASE_FIXTURE(Directory,
                  "a managed identity's service principal can neither be deleted nor given a secret") {
    as_admin([this](Session& session) {
        CHECK(ask(session, "DELETE", "servicePrincipals/" + identity.id).status == 400);
        CHECK(ask(session, "POST", "servicePrincipals/" + identity.id + "/addPassword", Json::object())
                  .status == 400);
        CHECK(session.entra.find_service_principal(identity.id));
    });
}

TEST_CASE_FIXTURE(Directory, "long lists come in pages") {
    as_admin([](Session& session) {
        for (int i = 0; i < 5; ++i) entra::create_group(session, "g" + std::to_string(i), "g", "");
        std::set<std::string> seen;
        std::string path = "groups?$top=2&$count=true";
        for (int page = 0; page < 3; ++page) {
            const Answer answer = ask(session, "GET", path);
            CHECK(answer.body["@odata.count"] == 5);
            for (const Json& group : answer.body["value"]) seen.insert(group["id"].get<std::string>());
            if (!answer.body.contains("@odata.nextLink")) break;
            path = answer.body["@odata.nextLink"].get<std::string>().substr(
                std::string("https://graph.microsoft.com/v1.0/").size());
        }
        CHECK(seen.size() == 5);
    });
}

TEST_CASE_FIXTURE(Directory, "what is not modelled is said to be so") {
    as_admin([](Session& session) {
        CHECK(ask(session, "GET", "devices").status == 501);
        CHECK(ask(session, "GET", "users?$expand=manager").status == 501);
        CHECK(ask(session, "PUT", "users").status == 405);
        CHECK(ask(session, "POST", "users").status == 400);
    });
}

}  // namespace azid::test
