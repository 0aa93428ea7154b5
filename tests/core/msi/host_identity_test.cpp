#include "core/msi/host_identity.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/registry.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/compute/virtual_machines.hpp"
#include "core/entra/ports.hpp"
#include "core/imds/ports.hpp"
#include "core/msi/identities.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "support/machines.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace azid::test {

namespace {

struct IdentityWorld : GroupWorld {
    IdentityWorld() {
        as_admin([&](Session& session) {
            make_machine(session, *this, "vm", {});
            for (const char* name : {"app", "other"})
                msi::put_identity(session, user_assigned(name), {{"location", "westeurope"}});
        });
    }

    arm::ResourceId user_assigned(const std::string& name) const {
        return id("Microsoft.ManagedIdentity", "userAssignedIdentities", name);
    }
    std::string app() const { return user_assigned("app").text(); }
    std::string other() const { return user_assigned("other").text(); }

    // The machine's identity block after a PATCH with this one.
    Json patch(const Json& identity) {
        Json body;
        as_admin([&](Session& session) {
            body = compute::patch_machine(session, machine("vm"), {{"identity", identity}});
        });
        return body.value("identity", Json());
    }

    std::string refusal(const Json& identity) {
        try {
            patch(identity);
        } catch (const Error& error) {
            return std::string(error.fault().code) + ": " + error.message();
        }
        return "accepted";
    }
};

}  // namespace

TEST_CASE_FIXTURE(IdentityWorld, "a system-assigned identity is a service principal of the machine's own") {
    const Json identity = patch({{"type", "SystemAssigned"}});
    CHECK(identity["type"] == "SystemAssigned");
    as_admin([&](Session& session) {
        const auto principal = session.entra.find_service_principal(text_at(identity, "principalId"));
        REQUIRE(principal);
        CHECK(principal->type == "ManagedIdentity");
        CHECK(principal->display_name == "vm");
        CHECK_FALSE(principal->user_assigned);
        CHECK(principal->resource_id ==
              "/subscriptions/" + subscription() +
                  "/resourcegroups/rg/providers/Microsoft.Compute/virtualMachines/vm");
        REQUIRE(principal->names.size() == 2);
        CHECK(principal->names[0] == principal->app_id);
        CHECK(principal->names[1].starts_with("https://identity.azure.net/"));
        CHECK(identity["tenantId"] == principal->tenant_id);
    });
    CHECK(patch({{"type", "SystemAssigned"}}) == identity);
}

TEST_CASE_FIXTURE(IdentityWorld, "an identity turned off and on again is another one") {
    const std::string before = text_at(patch({{"type", "SystemAssigned"}}), "principalId");
    as_admin([&](Session& session) {
        session.imds.save(imds::CachedToken{machine("vm").text(), before, "https://vault.azure.net", "token",
                                            session.now, session.now + std::chrono::hours(1)});
    });
    CHECK(patch({{"type", "None"}}).is_null());
    as_admin([&](Session& session) {
        CHECK_FALSE(session.entra.find_service_principal(before));
        CHECK_FALSE(session.imds.find_token(machine("vm").text(), before, "https://vault.azure.net"));
    });
    CHECK(text_at(patch({{"type", "SystemAssigned"}}), "principalId") != before);
}

TEST_CASE_FIXTURE(IdentityWorld, "PATCH adds identities, and takes off those that are null") {
    Json both = patch({{"type", "UserAssigned"}, {"userAssignedIdentities", {{app(), Json::object()}}}});
    CHECK(both["type"] == "UserAssigned");
    CHECK_FALSE(both.contains("principalId"));
    both = patch({{"type", "UserAssigned"}, {"userAssignedIdentities", {{other(), Json::object()}}}});
    CHECK(both["userAssignedIdentities"].size() == 2);
    CHECK(is_guid(both["userAssignedIdentities"][app()]["clientId"].get<std::string>()));
    const Json rest = patch(
        {{"type", "SystemAssigned, UserAssigned"}, {"userAssignedIdentities", {{lower(app()), nullptr}}}});
    CHECK(rest["type"] == "SystemAssigned, UserAssigned");
    REQUIRE(rest["userAssignedIdentities"].size() == 1);
    CHECK(rest["userAssignedIdentities"].contains(other()));

    SUBCASE("the type alone keeps what it covers") {
        CHECK(patch({{"type", "SystemAssigned,UserAssigned"}}) == rest);
        CHECK_FALSE(patch({{"type", "UserAssigned"}}).contains("principalId"));
    }
    SUBCASE("SystemAssigned takes all user-assigned ones off") {
        CHECK_FALSE(patch({{"type", "SystemAssigned"}}).contains("userAssignedIdentities"));
    }
    SUBCASE("a PATCH without an identity block changes none") {
        as_admin([&](Session& session) {
            const Json body = compute::patch_machine(session, machine("vm"), {{"tags", {{"a", "b"}}}});
            CHECK(body["identity"] == rest);
            CHECK(body["tags"] == Json{{"a", "b"}});
        });
    }
}

TEST_CASE_FIXTURE(IdentityWorld, "PUT replaces the set of user-assigned identities") {
    patch({{"type", "UserAssigned"}, {"userAssignedIdentities", {{app(), Json::object()}}}});
    as_admin([&](Session& session) {
        Json body = machine_body(*this, "vm");
        CHECK(
            compute::put_machine(session, machine("vm"), body)["identity"]["userAssignedIdentities"].contains(
                app()));
        body["identity"] = {{"type", "UserAssigned"},
                            {"userAssignedIdentities", {{other(), Json::object()}}}};
        const Json after = compute::put_machine(session, machine("vm"), body)["identity"];
        CHECK(after["userAssignedIdentities"].size() == 1);
        CHECK(after["userAssignedIdentities"].contains(other()));
    });
}

TEST_CASE_FIXTURE(IdentityWorld, "what an identity block may not say") {
    CHECK(refusal({{"type", "UserAssigned"}}) ==
          "MissingIdentityIds: The identity ids must not be null or empty for 'UserAssigned' identity type.");
    CHECK(refusal({{"type", "SystemAssigned"}, {"userAssignedIdentities", {{app(), Json::object()}}}}) ==
          "InvalidParameter: ResourceIdentity identityIds should not be provided if the type is "
          "\"SystemAssigned\".");
    CHECK(refusal({{"type", "UserAssigned"}, {"userAssignedIdentities", {{"app", Json::object()}}}})
              .starts_with("LinkedInvalidPropertyId: Property id 'app' at path "
                           "'identity.userAssignedIdentities' is invalid."));
    CHECK(refusal({{"type", "Everything"}}).starts_with("InvalidParameter: "));
}

TEST_CASE_FIXTURE(IdentityWorld,
                  "a deleted identity stays listed, and naming it fails until it is taken off") {
    patch({{"type", "UserAssigned"}, {"userAssignedIdentities", {{app(), Json::object()}}}});
    as_admin([&](Session& session) { CHECK(msi::remove_identity(session, user_assigned("app"))); });
    CHECK(patch({{"type", "UserAssigned"},
                 {"userAssignedIdentities", {{other(), Json::object()}}}})["userAssignedIdentities"]
              .contains(app()));
    CHECK(refusal({{"type", "UserAssigned"}, {"userAssignedIdentities", {{app(), Json::object()}}}}) ==
          "FailedIdentityOperation: Identity operation for resource '" + machine("vm").text() +
              "' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. "
              "Response: '{\"error\":{\"code\":\"BadRequest\",\"message\":\"Resource '" +
              app() + "' was not found.\"}}'.'.");
    CHECK_FALSE(patch({{"type", "UserAssigned"},
                       {"userAssignedIdentities", {{app(), nullptr}}}})["userAssignedIdentities"]
                    .contains(app()));
}

TEST_CASE_FIXTURE(IdentityWorld, "assigning an identity takes a right on it, taking it off does not") {
    const std::string contributor = add_user("vera", {{"Virtual Machine Contributor", group_scope()}});
    const Json assign = {
        {"identity", {{"type", "UserAssigned"}, {"userAssignedIdentities", {{app(), Json::object()}}}}}};
    std::string message;
    try {
        as(contributor, [&](Session& session) { compute::patch_machine(session, machine("vm"), assign); });
    } catch (const Error& error) {
        CHECK(error.fault().code == "LinkedAuthorizationFailed");
        message = error.message();
    }
    CHECK(message == "The client 'vera@contoso.onmicrosoft.com' with object id '" + contributor +
                         "' has permission to perform action 'Microsoft.Compute/virtualMachines/write' on "
                         "scope '" +
                         machine("vm").text() +
                         "'; however, it does not have permission to perform action "
                         "'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked "
                         "scope(s) '" +
                         app() + "' or the linked scope(s) are invalid.");
    patch(assign["identity"]);
    as(contributor, [&](Session& session) {
        const Json body = compute::patch_machine(session, machine("vm"), {{"identity", {{"type", "None"}}}});
        CHECK_FALSE(body.contains("identity"));
    });
    const std::string operator_too = add_user(
        "olga", {{"Virtual Machine Contributor", group_scope()}, {"Managed Identity Operator", app()}});
    as(operator_too, [&](Session& session) { compute::patch_machine(session, machine("vm"), assign); });
}

TEST_CASE_FIXTURE(IdentityWorld, "a machine's principal dies with it, its role assignments stay behind") {
    const std::string principal = text_at(patch({{"type", "SystemAssigned, UserAssigned"},
                                                 {"userAssignedIdentities", {{app(), Json::object()}}}}),
                                          "principalId");
    as_admin([&](Session& session) {
        rbac::RoleAssignment assignment;
        assignment.name = "88888888-1111-4222-8333-444444444444";
        assignment.scope = group_scope();
        assignment.role_definition_id = session.rbac.role_definitions_named("Reader").front().name;
        assignment.principal_id = principal;
        assignment.principal_type = "ServicePrincipal";
        session.rbac.save(assignment);
    });
    as_admin([&](Session& session) {
        CHECK(compute::remove_machine(session, machine("vm")));
        CHECK_FALSE(compute::remove_machine(session, machine("vm")));
        CHECK_FALSE(session.entra.find_service_principal(principal));
        CHECK(session.rbac.role_assignments_of({principal}).size() == 1);
        CHECK(session.arm.find_resource(user_assigned("app")));
    });
}

}  // namespace azid::test
