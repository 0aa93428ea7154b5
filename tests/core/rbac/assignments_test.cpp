#include "core/rbac/assignments.hpp"

#include "core/arm/groups.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/random.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/definitions.hpp"
#include "core/rbac/denies.hpp"
#include "core/rbac/explain.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/wire.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <string>

using namespace azid;
using azid::test::World;

namespace {

const std::string nobody = "dddddddd-0000-4000-8000-000000000001";
const std::string restart = "Microsoft.Compute/virtualMachines/restart/action";

std::string refusal(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return std::string(error.fault().code) + ": " + error.message();
    }
    return "accepted";
}

// A subscription with the groups rg1 and rg10, and users who have no role yet.
struct Place : World {
    std::string sub = arm::subscription_scope(subscription);
    std::string rg1 = sub + "/resourceGroups/rg1";
    std::string rg10 = sub + "/resourceGroups/rg10";

    Place() {
        as(admin, [&](Session& session) {
            arm::put_group(session, subscription, "rg1", {{"location", "westeurope"}});
            arm::put_group(session, subscription, "rg10", {{"location", "westeurope"}});
        });
    }

    Caller user(const std::string& name) {
        Caller caller;
        as(admin, [&](Session& session) {
            entra::User one;
            one.id = new_guid(session.random);
            one.tenant_id = tenant.id;
            one.user_principal_name = name + "@contoso.onmicrosoft.com";
            one.display_name = name;
            session.entra.save(one);
            caller.object_id = one.id;
            caller.tenant_id = tenant.id;
            caller.name = one.user_principal_name;
        });
        return caller;
    }

    Json give(std::string_view role, const std::string& principal, const std::string& scope,
              const std::string& type = "") {
        Json made;
        as(admin, [&](Session& session) {
            made = rbac::put_role_assignment(
                session, scope, new_guid(session.random),
                rbac::role_assignment_body(rbac::definition_id(subscription, role), principal, type));
        });
        return made;
    }

    std::string refused(std::string_view role, const std::string& principal, const std::string& scope,
                        const std::string& type = "") {
        return refusal([&] { give(role, principal, scope, type); });
    }

    bool may(const Caller& caller, const std::string& action, const std::string& scope) {
        bool answer = false;
        as(caller, [&](Session& session) { answer = rbac::may(session, action, scope); });
        return answer;
    }
};

}  // namespace

TEST_CASE("an assignment gives its role at its scope and below") {
    Place place;
    const Caller ann = place.user("ann");
    CHECK_FALSE(place.may(ann, restart, place.rg1));
    const Json made = place.give(rbac::contributor_role, ann.object_id, place.rg1);
    CHECK(place.may(ann, restart, place.rg1));
    CHECK_FALSE(place.may(ann, restart, place.rg10));
    CHECK_FALSE(place.may(ann, restart, place.sub));

    const Json& properties = made["properties"];
    CHECK(properties["principalType"] == "User");
    CHECK(properties["scope"] == place.rg1);
    CHECK(properties["createdBy"].is_null());
    CHECK(properties["updatedBy"] == place.admin.object_id);
    CHECK(properties["roleDefinitionId"] == rbac::definition_id(place.subscription, rbac::contributor_role));
    CHECK(made["id"] == rbac::extension_id(place.rg1, rbac::assignment_type, text_at(made, "name")));
}

TEST_CASE("a refusal names the client, the action and the assignment's id") {
    Place place;
    const Caller ann = place.user("ann");
    place.give(rbac::reader_role, ann.object_id, place.sub);
    const std::string name = "11111111-0000-4000-8000-000000000001";
    std::string told;
    place.as(ann, [&](Session& session) {
        told = refusal([&] {
            rbac::put_role_assignment(
                session, place.rg1, name,
                rbac::role_assignment_body(rbac::definition_id(place.subscription, rbac::owner_role),
                                           ann.object_id, ""));
        });
    });
    CHECK(told ==
          "AuthorizationFailed: The client 'ann@contoso.onmicrosoft.com' with object id '" + ann.object_id +
              "' does not have authorization to perform action "
              "'Microsoft.Authorization/roleAssignments/write' over "
              "scope '" +
              place.rg1 + "/providers/Microsoft.Authorization/roleAssignments/" + name +
              "' or the scope is invalid. If access was recently granted, please refresh your credentials.");
}

TEST_CASE("the same role for the same principal at the same scope exists once") {
    Place place;
    const Caller ann = place.user("ann");
    const Json made = place.give(rbac::reader_role, ann.object_id, place.rg1);
    CHECK(place.refused(rbac::reader_role, ann.object_id, place.rg1) ==
          "RoleAssignmentExists: The role assignment already exists. The ID of the existing role assignment "
          "is " +
              rbac::bare_guid(text_at(made, "name")) + ".");
    CHECK(place.refused(rbac::reader_role, ann.object_id, place.rg10) == "accepted");
    CHECK(place.refused(rbac::contributor_role, ann.object_id, place.rg1) == "accepted");
}

TEST_CASE("an assignment's name may be used again for the same, not for another") {
    Place place;
    const Caller ann = place.user("ann");
    const std::string name = "11111111-0000-4000-8000-000000000001";
    const auto put = [&](std::string_view role, const std::string& scope) {
        bool created = false;
        const std::string told = refusal([&] {
            place.as(place.admin, [&](Session& session) {
                rbac::put_role_assignment(
                    session, scope, name,
                    rbac::role_assignment_body(rbac::definition_id(place.subscription, role), ann.object_id,
                                               ""),
                    &created);
            });
        });
        return told == "accepted" && created ? "created" : told;
    };
    const std::string not_permitted =
        "RoleAssignmentUpdateNotPermitted: Tenant ID, application ID, principal ID, and scope are not "
        "allowed to be "
        "updated.";
    CHECK(put(rbac::reader_role, place.rg1) == "created");
    CHECK(put(rbac::reader_role, place.rg1) == "accepted");
    CHECK(put(rbac::contributor_role, place.rg1) == not_permitted);
    CHECK(put(rbac::reader_role, place.rg10) == not_permitted);
}

TEST_CASE("a principal that is not there is noticed unless its type is given") {
    Place place;
    CHECK(place.refused(rbac::reader_role, nobody, place.rg1)
              .starts_with(
                  "PrincipalNotFound: Principal dddddddd000040008000000000000001 does not exist in the "
                  "directory " +
                  place.tenant.id + ". Check"));
    const Json made = place.give(rbac::reader_role, nobody, place.rg1, "ServicePrincipal");
    CHECK(made["properties"]["principalType"] == "ServicePrincipal");
    const Caller ann = place.user("ann");
    CHECK(place.refused(rbac::reader_role, ann.object_id, place.rg1, "ServicePrincipal") ==
          "UnmatchedPrincipalType: The PrincipalId '" + rbac::bare_guid(ann.object_id) +
              "' has type 'User' , which is different from specified PrinciaplType 'ServicePrincipal'.");
    CHECK(
        place.refused(rbac::reader_role, ann.object_id, place.rg1, "MSI") ==
        "InvalidPrincipalType: The PrincipalType property 'MSI' is not valid. It must be 'User', 'Group' or "
        "'ServicePrincipal'.");
    CHECK(place.refused(rbac::reader_role, "ann", place.rg1) ==
          "InvalidPrincipalId: The Principal ID 'ann' is not valid. Principal ID must be a GUID.");
    CHECK(place.refused(rbac::reader_role, "", place.rg1) ==
          "InvalidPrincipalId: A valid principal ID must be provided for role assignment.");
}

TEST_CASE("roles and scopes that are not there are refused") {
    Place place;
    const Caller ann = place.user("ann");
    CHECK(place.refused("22222222-2222-2222-2222-222222222222", ann.object_id, place.rg1) ==
          "RoleDefinitionDoesNotExist: The specified role definition with ID "
          "'22222222222222222222222222222222' does "
          "not exist.");
    CHECK(place.refused(rbac::reader_role, ann.object_id, place.sub + "/resourceGroups/nowhere") ==
          "ResourceGroupNotFound: Resource group 'nowhere' could not be found.");
    CHECK(place
              .refused(rbac::reader_role, ann.object_id,
                       place.rg1 + "/providers/Microsoft.KeyVault/vaults/none")
              .starts_with(
                  "ResourceNotFound: The Resource 'Microsoft.KeyVault/vaults/none' under resource group"));
}

TEST_CASE("a condition is read before it is kept, and decides") {
    Place place;
    const Caller ann = place.user("ann");
    Json body = rbac::role_assignment_body(rbac::definition_id(place.subscription, rbac::owner_role),
                                           ann.object_id, "");
    body["properties"]["condition"] = "@Request[x] StringSame 'a'";
    body["properties"]["conditionVersion"] = "2.0";
    const auto put = [&] {
        return refusal([&] {
            place.as(place.admin, [&](Session& session) {
                rbac::put_role_assignment(session, place.rg1, "11111111-0000-4000-8000-000000000001", body);
            });
        });
    };
    CHECK(put() ==
          "InvalidCondition: The condition is not valid at character 13: 'StringSame' is no operator of "
          "conditions.");
    body["properties"]["condition"] =
        "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}) OR "
        "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {" +
        std::string(rbac::reader_role) + "}";
    body["properties"]["conditionVersion"] = "1.0";
    CHECK(put() == "InvalidCondition: The condition version '1.0' is not valid. It must be '2.0'.");
    body["properties"]["conditionVersion"] = "2.0";
    CHECK(put() == "accepted");
    const auto assign_as_ann = [&](std::string_view role) {
        return refusal([&] {
            place.as(ann, [&](Session& session) {
                rbac::put_role_assignment(
                    session, place.rg1, new_guid(session.random),
                    rbac::role_assignment_body(rbac::definition_id(place.subscription, role),
                                               place.admin.object_id, ""));
            });
        });
    };
    CHECK(assign_as_ann(rbac::reader_role) == "accepted");
    CHECK(assign_as_ann(rbac::contributor_role).starts_with("AuthorizationFailed"));
}

TEST_CASE("assignments are listed at, above and below a scope") {
    Place place;
    const Caller ann = place.user("ann");
    place.give(rbac::reader_role, ann.object_id, place.rg1);
    place.give(rbac::reader_role, ann.object_id, place.rg10);
    place.as(place.admin, [&](Session& session) {
        CHECK(rbac::list_role_assignments(session, place.sub, {}).size() == 3);
        CHECK(rbac::list_role_assignments(session, place.sub, {true, "", ""}).size() == 1);
        CHECK(rbac::list_role_assignments(session, place.rg1, {true, "", ""}).size() == 2);
        CHECK(rbac::list_role_assignments(session, place.rg1, {false, ann.object_id, ""}).size() == 1);
    });
    place.as(ann, [&](Session& session) {
        CHECK(rbac::list_role_assignments(session, place.sub, {false, "", ann.object_id}).size() == 2);
        CHECK(refusal([&] {
                  rbac::list_role_assignments(session, place.sub, {});
              }).starts_with("AuthorizationFailed"));
    });
}

TEST_CASE("an assignment is deleted once, and the last owner stays") {
    Place place;
    const Caller ann = place.user("ann");
    const std::string name = text_at(place.give(rbac::reader_role, ann.object_id, place.rg1), "name");
    place.as(place.admin, [&](Session& session) {
        CHECK(rbac::delete_role_assignment(session, place.rg10, name).is_null());
        CHECK(text_at(rbac::delete_role_assignment(session, place.rg1, name), "name") == name);
        CHECK(rbac::delete_role_assignment(session, place.rg1, name).is_null());
        CHECK(refusal([&] {
                  rbac::get_role_assignment(session, place.rg1, name);
              }).starts_with("RoleAssignmentNotFound"));
        const std::string own = session.rbac.role_assignments().front().name;
        CHECK(refusal([&] { rbac::delete_role_assignment(session, place.sub, own); }) ==
              "BadRequest: Cannot delete the last RBAC admin assignment.");
    });
    CHECK_FALSE(place.may(ann, "Microsoft.Resources/subscriptions/resourceGroups/read", place.rg1));
}

TEST_CASE("a custom role is made, changed, used and deleted") {
    Place place;
    const Caller ann = place.user("ann");
    const std::string guid = "33333333-0000-4000-8000-000000000001";
    Json body{
        {"properties",
         {{"roleName", "Restarter"},
          {"permissions", Json::array({{{"actions", {"Microsoft.Compute/virtualMachines/*"}},
                                        {"notActions", {"Microsoft.Compute/virtualMachines/delete"}}}})},
          {"assignableScopes", {place.rg1}}}}};
    const auto put = [&](const std::string& name) {
        return refusal([&] {
            place.as(place.admin,
                     [&](Session& session) { rbac::put_role_definition(session, place.rg1, name, body); });
        });
    };
    CHECK(put(guid) == "accepted");
    CHECK(put(guid) == "accepted");
    CHECK(put("33333333-0000-4000-8000-000000000002") ==
          "RoleDefinitionWithSameNameExists: A custom role with the same name already exists in this "
          "directory. Use a "
          "different name.");
    place.give(guid, ann.object_id, place.rg1);
    CHECK(place.may(ann, restart, place.rg1));
    CHECK_FALSE(place.may(ann, "Microsoft.Compute/virtualMachines/delete", place.rg1));
    CHECK(place.refused(guid, ann.object_id, place.sub).starts_with("RoleDefinitionDoesNotExist"));
    place.as(place.admin, [&](Session& session) {
        CHECK(rbac::list_role_definitions(session, place.sub, {"restarter", ""}).empty());
        CHECK(rbac::list_role_definitions(session, place.rg1, {"restarter", ""}).size() == 1);
        CHECK(refusal([&] { rbac::delete_role_definition(session, place.rg1, guid); }) ==
              "RoleDefinitionHasAssignments: There are existing role assignments referencing role.");
        session.rbac.erase_role_assignments_below(place.rg1);
        CHECK(text_at(rbac::delete_role_definition(session, place.rg1, guid), "name") == guid);
        CHECK(rbac::delete_role_definition(session, place.rg1, guid).is_null());
        CHECK(refusal([&] {
                  rbac::delete_role_definition(session, place.sub, rbac::reader_role);
              }).starts_with("AuthorizationFailed"));
    });
}

TEST_CASE("custom roles that make no sense are refused") {
    Place place;
    const auto told = [&](const char* member, const Json& value) {
        Json properties{{"roleName", "One"},
                        {"permissions", Json::array({{{"actions", {"*/read"}}}})},
                        {"assignableScopes", {place.sub}}};
        properties[member] = value;
        std::string text;
        place.as(place.admin, [&](Session& session) {
            text = refusal([&] {
                rbac::put_role_definition(session, place.sub, new_guid(session.random),
                                          {{"properties", properties}});
            });
        });
        return text.substr(0, text.find(':'));
    };
    CHECK(told("roleName", "") == "InvalidRoleDefinition");
    CHECK(told("roleName", std::string(513, 'a')) == "InvalidRoleDefinition");
    CHECK(told("assignableScopes", Json::array()) == "InvalidRoleDefinition");
    CHECK(told("assignableScopes", {"/"}) == "InvalidRoleDefinition");
    CHECK(told("assignableScopes", {"/subscriptions/*"}) == "InvalidRoleDefinition");
    CHECK(told("assignableScopes", "text") == "BadRequestFormat");
    CHECK(told("permissions", Json::array()) == "InvalidRoleDefinition");
    CHECK(told("permissions", Json::array({{{"actions", {"nonsense"}}}})) == "InvalidActionOrNotAction");
    CHECK(told("permissions",
               Json::array({{{"actions", {"Microsoft.KeyVault/vaults/secrets/getSecret/action"}}}})) ==
          "InvalidActionOrNotAction");
    CHECK(told("description", "fine") == "accepted");
}

TEST_CASE("a deny assignment blocks the owner, who can still lift it") {
    Place place;
    rbac::DenyAssignment deny;
    deny.display_name = "keep";
    deny.scope = place.rg1;
    deny.permissions.push_back({{"*"}, {}, {}, {}, "", ""});
    deny.principals = {{std::string(rbac::everyone_id), ""}};
    std::string name;
    place.as(place.admin,
             [&](Session& session) { name = text_at(rbac::create_deny_assignment(session, deny), "name"); });
    CHECK_FALSE(place.may(place.admin, restart, place.rg1));
    CHECK(place.may(place.admin, restart, place.rg10));
    place.as(place.admin, [&](Session& session) {
        CHECK(
            refusal([&] { rbac::authorise(session, restart, place.rg1); }) ==
            "DenyAssignmentAuthorizationFailed: The client 'admin@contoso.onmicrosoft.com' with object id '" +
                place.admin.object_id + "' has permission to perform action '" + restart + "' on scope '" +
                place.rg1 +
                "'; however, the access is denied because of the deny assignment with name 'keep' and Id '" +
                rbac::bare_guid(name) + "' at scope '" + place.rg1 + "'.");
    });
    place.as(place.admin, [&](Session& session) {
        CHECK(rbac::list_deny_assignments(session, place.sub).size() == 1);
        CHECK(rbac::delete_deny_assignment(session, place.rg1, name));
        CHECK_FALSE(rbac::delete_deny_assignment(session, place.rg1, name));
    });
    CHECK(place.may(place.admin, restart, place.rg1));
}

TEST_CASE("an explanation names the nearest miss and the command that would help") {
    Place place;
    const Caller ann = place.user("ann");
    place.give(rbac::owner_role, ann.object_id, place.rg10);
    rbac::Question question;
    question.action = restart;
    question.scope = place.rg1;
    place.as(place.admin, [&](Session& session) {
        const Json story = rbac::explain(session, ann, question);
        CHECK(story["allowed"] == false);
        CHECK(story["nearest"]["scope"] == place.rg10);
        CHECK(story["nearest"]["outcome"] == "is at another scope");
        CHECK(story["toAllow"] ==
              "azid role assignment create --assignee-object-id " + ann.object_id +
                  " --assignee-principal-type User --role \"Virtual Machine Contributor\" --scope " +
                  place.rg1);
        const Json allowed = rbac::explain(session, place.admin, question);
        CHECK(allowed["because"] ==
              "Allowed: Owner at " + place.sub + " gives *, which covers " + restart + ".");
        CHECK_FALSE(allowed.contains("toAllow"));
    });
}

TEST_CASE("the suggested roles are the narrow ones") {
    Place place;
    const Caller ann = place.user("ann");
    const auto suggested = [&](const std::string& action, bool data) {
        rbac::Question question;
        question.action = action;
        question.scope = place.rg1;
        question.is_data = data;
        std::string command;
        place.as(place.admin, [&](Session& session) {
            command = rbac::explain(session, ann, question)["toAllow"].get<std::string>();
        });
        return command.substr(command.find("--role ") + 7,
                              command.find(" --scope") - command.find("--role ") - 7);
    };
    CHECK(suggested("Microsoft.KeyVault/vaults/secrets/getSecret/action", true) ==
          "\"Key Vault Secrets User\"");
    CHECK(suggested("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read", true) ==
          "\"Storage Blob Data Reader\"");
    CHECK(suggested("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write", true) ==
          "\"Storage Blob Data Contributor\"");
    CHECK(suggested("Microsoft.Compute/virtualMachines/read", false) == "Reader");
    CHECK(suggested("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", false) ==
          "\"Managed Identity Operator\"");
}

TEST_CASE("a client id in the place of the principal id is named as the mistake") {
    Place place;
    Caller app;
    place.as(place.admin, [&](Session& session) {
        entra::ServicePrincipal principal;
        principal.id = app.object_id = new_guid(session.random);
        principal.app_id = app.app_id = app.name = new_guid(session.random);
        principal.tenant_id = app.tenant_id = place.tenant.id;
        principal.display_name = "app";
        principal.type = "ManagedIdentity";
        principal.names = {principal.app_id};
        principal.created = session.now;
        session.entra.save(principal);
    });
    place.give(rbac::reader_role, app.app_id, place.rg1, "ServicePrincipal");
    rbac::Question question;
    question.action = "Microsoft.Resources/subscriptions/resourceGroups/read";
    question.scope = place.rg1;
    place.as(place.admin, [&](Session& session) {
        const Json story =
            rbac::explain(session, rbac::caller_from_directory(session, app.object_id), question);
        REQUIRE(story["notes"].size() == 1);
        CHECK(story["notes"][0].get<std::string>().find("is the client id (appId), not the principal id") !=
              std::string::npos);
    });
}

TEST_CASE("who-can lists members of groups with the group") {
    Place place;
    const Caller ann = place.user("ann");
    entra::DirectoryGroup team;
    place.as(place.admin, [&](Session& session) {
        team.id = new_guid(session.random);
        team.tenant_id = place.tenant.id;
        team.display_name = "team";
        session.entra.save(team);
        session.entra.save(entra::Membership{team.id, ann.object_id, entra::PrincipalType::user});
    });
    place.give(rbac::contributor_role, team.id, place.rg1);
    rbac::Question question;
    question.action = restart;
    question.scope = place.rg1;
    place.as(place.admin, [&](Session& session) {
        const Json found = rbac::who_can(session, question);
        REQUIRE(found.size() == 3);
        CHECK(found[0]["principalName"] == place.admin.name);
        CHECK(found[1]["principalName"] == ann.name);
        CHECK(found[1]["throughGroup"] == "team");
        CHECK(found[2]["principalName"] == "team");
        CHECK(found[2]["throughGroup"].is_null());
    });
}
