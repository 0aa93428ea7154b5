#include "core/rbac/http.hpp"

#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/wire.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

using namespace azid;
using azid::test::World;

namespace {

struct Face : World {
    std::string sub = arm::subscription_scope(subscription);
    std::string authorization = sub + "/providers/Microsoft.Authorization";

    std::optional<http::Response> ask(const std::string& method, const std::string& path,
                                      const std::string& filter = "", const Json& body = nullptr) {
        http::Request request;
        request.method = method;
        request.path = path;
        if (!filter.empty()) request.query = {{"api-version", "2022-04-01"}, {"$filter", filter}};
        if (!body.is_null()) request.body = compact(body);
        std::optional<http::Response> response;
        as_admin([&](Session& session) { response = rbac::serve(session, request); });
        return response;
    }
    std::size_t count(const std::string& path, const std::string& filter = "") {
        return parse_json(ask("GET", path, filter)->body)["value"].size();
    }
};

const std::string name = "11111111-0000-4000-8000-000000000001";
const std::string nobody = "dddddddd-0000-4000-8000-000000000001";

}  // namespace

TEST_CASE("role assignments are put, got, listed and deleted over HTTP") {
    Face face;
    const std::string path = face.authorization + "/roleAssignments";
    const Json body{{"properties",
                     {{"roleDefinitionId", rbac::definition_id(face.subscription, rbac::reader_role)},
                      {"principalId", nobody},
                      {"principalType", "ServicePrincipal"}}}};
    const http::Response made = *face.ask("PUT", path + "/" + name, "", body);
    CHECK(made.status == 201);
    CHECK(made.headers.at("content-type") == "application/json; charset=utf-8");
    CHECK(face.ask("PUT", path + "/" + name, "", body)->status == 200);
    const Json got = parse_json(face.ask("GET", path + "/" + name)->body);
    CHECK(got["properties"]["createdBy"] == face.admin.object_id);
    CHECK(parse_json(made.body)["properties"]["createdBy"].is_null());
    CHECK(face.count(path) == 2);
    CHECK(face.count(path, "atScope()") == 2);
    CHECK(face.count(path, "principalId eq '" + nobody + "'") == 1);
    CHECK(face.count(path, "atScope() and assignedTo('" + nobody + "')") == 1);
    CHECK(face.ask("DELETE", path + "/" + name)->status == 200);
    CHECK(face.ask("DELETE", path + "/" + name)->status == 204);
    CHECK_THROWS_AS(face.ask("GET", path, "colour eq 'red'"), Error);
    CHECK_THROWS_AS(face.ask("POST", path), Error);
}

TEST_CASE("role definitions are found by name over HTTP") {
    Face face;
    const std::string path = face.authorization + "/roleDefinitions";
    CHECK(face.count(path) == 707);
    CHECK(face.count(path, "roleName eq 'owner'") == 1);
    CHECK(face.count(path, "type eq 'CustomRole'") == 0);
    const Json reader = parse_json(face.ask("GET", path + "/" + std::string(rbac::reader_role))->body);
    CHECK(reader["properties"]["roleName"] == "Reader");
    CHECK(reader["id"] == path + "/" + std::string(rbac::reader_role));
    CHECK_THROWS_AS(face.ask("GET", path + "/" + nobody), Error);
}

TEST_CASE("deny assignments are read only over HTTP, and other paths are left alone") {
    Face face;
    CHECK(face.count(face.authorization + "/denyAssignments") == 0);
    CHECK_THROWS_AS(face.ask("PUT", face.authorization + "/denyAssignments/" + name), Error);
    CHECK_FALSE(face.ask("GET", face.sub).has_value());
    CHECK_FALSE(face.ask("GET", face.sub + "/providers/Microsoft.Compute/virtualMachines").has_value());
}

TEST_CASE("definitions of roles for scopes below are listed when asked for") {
    Face face;
    face.add_group("rg1");
    const std::string path = face.authorization + "/roleDefinitions";
    const std::string group = face.sub + "/resourceGroups/rg1";
    const Json permission{{"actions", Json::array({"*/read"})}};
    const Json body{{"properties",
                     {{"roleName", "Only there"},
                      {"permissions", Json::array({permission})},
                      {"assignableScopes", Json::array({group})}}}};
    REQUIRE(face.ask("PUT", group + "/providers/Microsoft.Authorization/roleDefinitions/" + name, "", body)
                ->status == 201);
    const std::string custom = "type eq 'CustomRole'";
    CHECK(face.count(path, custom) == 0);
    CHECK(face.count(path, custom + " and atScopeAndBelow()") == 1);
}
