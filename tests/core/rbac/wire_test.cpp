#include "core/rbac/wire.hpp"

#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/rbac/assignments.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>

using namespace azid;

namespace {

// A recorded answer's body; null, with a message, where there are no recordings.
Json recorded(const std::string& name) {
    const std::filesystem::path path = std::filesystem::path(AZID_SHARED_DIR) / "golden/arm" / name;
    if (!std::filesystem::exists(path)) {
        MESSAGE("skipped: no " << path.string());
        return nullptr;
    }
    std::ifstream file(path);
    return Json::parse(file)["response_body"];
}

// Azure's dates have seven decimals, ours six and a nought.
void cut_dates(Json& body) {
    for (const char* member : {"createdOn", "updatedOn"}) {
        std::string text = body["properties"][member].get<std::string>();
        text.replace(26, 2, "0Z");
        body["properties"][member] = text;
    }
}

Instant date(const Json& properties, const char* member) { return *parse_utc(text_at(properties, member)); }

}  // namespace

TEST_CASE("a role assignment is written as ARM wrote it") {
    for (const char* name : {"roleassignment-get-200.01.json", "roleassignment-delete-200.01.json"}) {
        Json body = recorded(name);
        if (body.is_null()) return;
        cut_dates(body);
        const Json& properties = body["properties"];
        rbac::RoleAssignment assignment;
        assignment.name = text_at(body, "name");
        assignment.scope = text_at(properties, "scope");
        assignment.role_definition_id = split(text_at(properties, "roleDefinitionId"), '/').back();
        assignment.principal_id = text_at(properties, "principalId");
        assignment.principal_type = text_at(properties, "principalType");
        assignment.description = text_at(properties, "description");
        assignment.condition = text_at(properties, "condition");
        assignment.condition_version = text_at(properties, "conditionVersion");
        assignment.created_on = date(properties, "createdOn");
        assignment.updated_on = date(properties, "updatedOn");
        assignment.created_by = text_at(properties, "createdBy");
        assignment.updated_by = text_at(properties, "updatedBy");
        CHECK(rbac::wire(assignment, "").dump() == body.dump());
    }
}

TEST_CASE("a role definition is written as ARM wrote it") {
    Json body = recorded("roledefinition-put-201.01.json");
    if (body.is_null()) return;
    cut_dates(body);
    const Json& properties = body["properties"];
    rbac::RoleDefinition role;
    role.name = text_at(body, "name");
    role.role_name = text_at(properties, "roleName");
    role.type = text_at(properties, "type");
    role.description = text_at(properties, "description");
    role.permissions = rbac::permissions_of(properties);
    role.assignable_scopes = rbac::texts_of(properties, "assignableScopes");
    role.created_on = date(properties, "createdOn");
    role.updated_on = date(properties, "updatedOn");
    role.created_by = role.updated_by = text_at(properties, "updatedBy");
    CHECK(rbac::wire(role, arm::subscription_of(text_at(body, "id")), true).dump() == body.dump());
}

TEST_CASE("ids of extensions are put together and taken apart") {
    CHECK(rbac::extension_id("/", rbac::assignment_type, "a") ==
          "/providers/Microsoft.Authorization/roleAssignments/a");
    CHECK(rbac::extension_id("/subscriptions/s/", rbac::deny_type, "a") ==
          "/subscriptions/s/providers/Microsoft.Authorization/denyAssignments/a");
    const auto parts = rbac::parse_extension_id(
        "/Subscriptions/s/PROVIDERS/microsoft.authorization/roleassignments/a", rbac::assignment_type);
    REQUIRE(parts.has_value());
    CHECK(parts->scope == "/Subscriptions/s");
    CHECK(parts->name == "a");
    CHECK(rbac::parse_extension_id("/providers/Microsoft.Authorization/roleAssignments/a",
                                   rbac::assignment_type)
              ->scope == "/");
    CHECK_FALSE(rbac::parse_extension_id("/subscriptions/s", rbac::assignment_type).has_value());
    CHECK_FALSE(rbac::parse_extension_id("/providers/Microsoft.Authorization/roleAssignments/a/b",
                                         rbac::assignment_type)
                    .has_value());
}

TEST_CASE("a body whose lists are no lists of texts is refused") {
    CHECK_THROWS_AS(rbac::permissions_of({{"permissions", "all"}}), Error);
    CHECK_THROWS_AS(rbac::permissions_of({{"permissions", {"all"}}}), Error);
    CHECK_THROWS_AS(rbac::texts_of({{"actions", {1, 2}}}, "actions"), Error);
    CHECK(rbac::texts_of({{"actions", nullptr}}, "actions").empty());
}
