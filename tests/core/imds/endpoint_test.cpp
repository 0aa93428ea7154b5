#include "core/imds/endpoint.hpp"

#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/compute/ports.hpp"
#include "core/crypto/jws.hpp"
#include "core/entra/access_token.hpp"
#include "core/entra/ports.hpp"
#include "core/events/ports.hpp"
#include "core/msi/identities.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace azid;

namespace {

struct Metadata : test::World {
    Metadata() {
        add_group("rg");
        one = add_identity("rg", "one");
        two = add_identity("rg", "two");
    }

    http::Response ask(const std::string& path_and_query, http::Headers headers,
                       const std::string& method = "GET") {
        http::Request request = http::request_to("http://169.254.169.254/metadata" + path_and_query);
        request.method = method;
        request.headers = std::move(headers);
        http::Response response;
        as_nobody([&](Session& session) { response = imds::answer_metadata(session, machine, request); });
        return response;
    }
    http::Response ask(const std::string& path_and_query) {
        return ask(path_and_query, {{"Metadata", "true"}});
    }
    http::Response token(const std::string& more = {},
                         const std::string& resource = "https%3A%2F%2Fvault.azure.net") {
        return ask("/identity/oauth2/token?api-version=2018-02-01&resource=" + resource + more);
    }

    arm::ResourceId machine;
    entra::ServicePrincipal one;
    entra::ServicePrincipal two;
};

Json claims_of(const http::Response& response) {
    REQUIRE(response.status == 200);
    return *crypto::decode_jwt(text_at(parse_json(response.body), "access_token"))->payload;
}

}  // namespace

TEST_CASE_FIXTURE(Metadata, "a token answer has its members in alphabetical order, all texts") {
    machine = add_machine("rg", "web", true, {});
    const http::Response response = token({}, "https%3A%2F%2Fmanagement.azure.com%2F");
    REQUIRE(response.status == 200);
    CHECK(response.headers.at("Content-Type") == "application/json; charset=utf-8");
    Json body = parse_json(response.body);
    const Json claims = claims_of(response);
    body["access_token"] = "...";
    CHECK(compact(body) ==
          R"({"access_token":"...","client_id":")" + text_at(claims, "appid") +
              R"(","expires_in":"86400","expires_on":"1735873445","ext_expires_in":"86399",)" +
              R"("not_before":"1735786745","resource":"https://management.azure.com/",)" +
              R"("token_type":"Bearer"})");
    CHECK(claims["aud"] == "https://management.azure.com/");
    CHECK(claims["xms_mirid"] == "/subscriptions/" + subscription +
                                     "/resourcegroups/rg/providers/Microsoft.Compute/virtualMachines/web");
    CHECK_FALSE(claims.contains("xms_az_rid"));
}

TEST_CASE_FIXTURE(Metadata, "the token really comes by a verified assertion of the identity's certificate") {
    machine = add_machine("rg", "web", false, {"one"});
    const http::Response response = token();
    const Json claims = claims_of(response);
    CHECK(claims["oid"] == one.id);
    CHECK(claims["appidacr"] == "2");
    CHECK(claims["xms_az_rid"] == "/subscriptions/" + subscription +
                                      "/resourcegroups/rg/providers/Microsoft.Compute/virtualMachines/web");
    as_nobody([&](Session& session) {
        std::string steps;
        for (const events::Event& event : session.events.latest(100))
            if (event.system == "imds" || event.system == "msi" || event.system == "entra")
                steps += event.system + " " + event.what + "\n";
        CHECK(steps.find(
                  "msi certificate made\nimds client assertion signed\nentra client assertion verified\n") !=
              std::string::npos);
        const entra::TokenReading reading =
            entra::read_access_token(session.entra, text_at(parse_json(response.body), "access_token"),
                                     {tenant.id, entra::key_vault_audiences, now});
        CHECK(reading.flaw == entra::TokenFlaw::none);
        CHECK(reading.caller.object_id == one.id);
        CHECK_FALSE(reading.caller.is_user);
    });
}

TEST_CASE_FIXTURE(Metadata,
                  "a held token is answered again with less time left, until five minutes before its end") {
    machine = add_machine("rg", "web", true, {});
    const Json first = parse_json(token().body);
    now += std::chrono::seconds(453);
    const Json second = parse_json(token().body);
    CHECK(second["access_token"] == first["access_token"]);
    CHECK(second["expires_in"] == "85947");
    CHECK(second["ext_expires_in"] == "86399");
    CHECK(second["expires_on"] == first["expires_on"]);
    CHECK(parse_json(token("&bypass_cache=true").body)["access_token"] != first["access_token"]);
    const Json newest = parse_json(token().body);
    now += std::chrono::hours(23) + std::chrono::minutes(54);
    CHECK(parse_json(token().body)["access_token"] == newest["access_token"]);
    now += std::chrono::minutes(2);
    CHECK(parse_json(token().body)["access_token"] != newest["access_token"]);
}

TEST_CASE_FIXTURE(Metadata, "errors are those of the real service, to the byte") {
    machine = add_machine("rg", "web", false, {"one", "two"});
    const auto body = [](const http::Response& response) {
        CHECK(response.status == 400);
        return response.body;
    };
    const std::string path = "/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net";
    CHECK(body(ask(path, {})) ==
          R"({"error":"invalid_request","error_description":"Required metadata header not specified"})");
    CHECK(body(ask(path, {})).size() == 88);
    CHECK(body(ask(path, {{"Metadata", "yes"}})).size() == 88);
    CHECK(ask(path + "&client_id=" + one.app_id, {{"metadata", "True"}}).status == 200);
    CHECK(
        body(token()) ==
        R"({"error":"invalid_request","error_description":"Multiple user assigned identities exist, please specify )"
        R"(the clientId / resourceId of the identity in the token request"})");
    CHECK(body(token()).size() == 168);
    CHECK(body(token("&client_id=00000000-0000-4000-8000-000000000000")) ==
          R"({"error":"invalid_request","error_description":"Identity not found"})");
    CHECK(
        body(ask("/identity/oauth2/token?api-version=2018-02-01")) ==
        R"({"error":"invalid_request","error_description":"Required query variable 'resource' is missing"})");
    const std::string version =
        R"({"error":"Bad request. api-version is invalid or was not specified in the request. For more information refer )"
        R"(to aka.ms/azureimds","newest-versions":["2025-04-07","2024-07-17","2024-03-15"]})";
    CHECK(body(ask("/identity/oauth2/token?resource=x")) == version);
    CHECK(body(ask("/identity/oauth2/token?resource=x&api-version=2017-12-01")) == version);
    CHECK(body(ask("/identity/oauth2/token?resource=x&api-version=2018-02-02")) == version);
    CHECK(ask(path, {{"Metadata", "true"}, {"X-Forwarded-For", "1.2.3.4"}}).status == 400);
    CHECK(ask(path + "&resource=y").status == 400);
    CHECK(ask(path, {{"Metadata", "true"}}, "POST").status == 405);
    CHECK(ask("/identity/getplatformmetadata?cred-api-version=2.0", {}).status == 404);
}

TEST_CASE_FIXTURE(Metadata, "an unknown resource is Entra's refusal, passed on") {
    machine = add_machine("rg", "web", true, {});
    const http::Response response = token({}, "https%3A%2F%2Fnope.example");
    CHECK(response.status == 400);
    const Json body = parse_json(response.body);
    CHECK(body["error"] == "invalid_resource");
    CHECK(
        text_at(body, "error_description")
            .starts_with(
                "AADSTS500011: The resource principal named https://nope.example was not found in the tenant "
                "named Contoso."));
    CHECK(body.size() == 2);
}

TEST_CASE_FIXTURE(Metadata, "each selector finds the identity, and the object behind it is the directory's") {
    machine = add_machine("rg", "web", true, {"one", "two"});
    const std::string resource_id =
        "/subscriptions/" + subscription +
        "/resourcegroups/RG/providers/Microsoft.ManagedIdentity/userAssignedIdentities/two";
    CHECK(claims_of(token("&client_id=" + two.app_id))["oid"] == two.id);
    CHECK(claims_of(token("&object_id=" + two.id))["oid"] == two.id);
    CHECK(claims_of(token("&msi_res_id=" + http::url_encoded(resource_id)))["oid"] == two.id);
    CHECK(claims_of(token("&mi_res_id=" + http::url_encoded(resource_id)))["oid"] == two.id);
    CHECK(token("&client_id=" + one.app_id + "&object_id=" + one.id).status == 400);
}

TEST_CASE_FIXTURE(Metadata, "a deleted identity is gone from the machine's metadata service at once") {
    machine = add_machine("rg", "web", false, {"one", "two"});
    CHECK(token("&client_id=" + one.app_id).status == 200);
    as_admin([&](Session& session) {
        msi::remove_identity(
            session, {subscription, "rg", "Microsoft.ManagedIdentity", {{"userAssignedIdentities", "one"}}});
    });
    CHECK(token("&client_id=" + one.app_id).body ==
          R"({"error":"invalid_request","error_description":"Identity not found"})");
    CHECK(claims_of(token())["oid"] == two.id);
    add_identity("rg", "one");
    CHECK(claims_of(token())["oid"] == two.id);
}

TEST_CASE_FIXTURE(Metadata, "only a running machine has a metadata service") {
    machine = add_machine("rg", "web", true, {});
    as_admin([&](Session& session) {
        imds::require_running(session, machine);
        compute::VirtualMachine stopped = *session.compute.find_virtual_machine(machine.text());
        stopped.power_state = "deallocated";
        session.compute.save(stopped);
        CHECK_THROWS_WITH_AS(imds::require_running(session, machine),
                             "The operation requires the VM to be running (or set to run).", Error);
    });
}

TEST_CASE_FIXTURE(Metadata, "the tenant and the versions are told") {
    machine = add_machine("rg", "web", false, {});
    CHECK(ask("/identity/info?api-version=2018-02-01").body == R"({"tenantId":")" + tenant.id + R"("})");
    const Json versions = parse_json(ask("/versions", {}).body)["apiVersions"];
    CHECK(versions.front() == "2017-03-01");
    CHECK(versions.back() == "2025-04-07");
    CHECK(versions.size() == 35);
}

TEST_CASE_FIXTURE(Metadata, "the instance is told as texts, a single value only as plain text") {
    machine = add_machine("rg", "web", true, {});
    as_admin([&](Session& session) {
        arm::Resource resource = *session.arm.find_resource(machine);
        resource.tags = R"({"env":"test","owner":"ann"})";
        session.arm.save(resource);
    });
    const Json document = parse_json(ask("/instance?api-version=2021-02-01").body);
    CHECK(document["compute"]["name"] == "web");
    CHECK(document["compute"]["vmSize"] == "Standard_B2s");
    CHECK(document["compute"]["tags"] == "env:test;owner:ann");
    CHECK(document["compute"]["tagsList"][1]["value"] == "ann");
    CHECK(document["compute"]["resourceId"] == machine.text());
    CHECK(document.dump().find("identity") == std::string::npos);
    CHECK(ask("/instance/compute/location?api-version=2021-02-01&format=text").body == "westeurope");
    CHECK(ask("/instance/compute/location?api-version=2021-02-01").status == 400);
    CHECK(ask("/instance/compute/nothing?api-version=2021-02-01").status == 404);
    CHECK(ask("/instance?api-version=2021-02-01&format=text").body == "compute/\nnetwork/");
    CHECK(ask("/instance?api-version=2021-02-01", {}).body ==
          R"({"error":"Bad request: . Required metadata header not specified"})");
    CHECK(ask("/instance?api-version=nope").status == 400);
}

TEST_CASE_FIXTURE(Metadata, "the load balancer's part tells of the machine's own Standard addresses") {
    machine = add_machine("rg", "web", true, {});
    const std::string version = "/loadbalancer?api-version=2020-10-01";
    CHECK(ask(version).status == 404);
    CHECK(ask("/loadbalancer?api-version=2019-11-01").status == 400);
    CHECK(ask(version, {}).status == 400);
    as_admin([&](Session& session) {
        const arm::ResourceId address(subscription, "rg", "Microsoft.Network", {{"publicIPAddresses", "ip"}});
        arm::Resource made;
        made.id = address;
        made.sku = R"({"name":"Standard"})";
        made.properties = R"({"ipAddress":"198.18.0.1"})";
        session.arm.save(made);
        const arm::ResourceId nic(subscription, "rg", "Microsoft.Network", {{"networkInterfaces", "nic"}});
        arm::Resource card;
        card.id = nic;
        card.properties =
            Json{{"ipConfigurations",
                  {{{"properties",
                     {{"privateIPAddress", "10.0.0.4"}, {"publicIPAddress", {{"id", address.text()}}}}}}}}}
                .dump();
        session.arm.save(card);
        arm::Resource host = *session.arm.find_resource(machine);
        host.properties = Json{{"networkProfile", {{"networkInterfaces", {{{"id", nic.text()}}}}}}}.dump();
        session.arm.save(host);
    });
    CHECK(
        ask(version).body ==
        R"({"loadbalancer":{"publicIpAddresses":[{"frontendIpAddress":"198.18.0.1","privateIpAddress":"10.0.0.4"}],"inboundRules":[],"outboundRules":[]}})");
}
