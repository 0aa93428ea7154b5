#include "core/arm/deployment.hpp"

#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "support/deployments.hpp"
#include "support/machines.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::test {

namespace {

arm::DeploymentPlace into(const GroupWorld& world) { return {world.subscription(), "rg", "deploy"}; }

std::size_t resource_count(GroupWorld& world) {
    std::size_t count = 0;
    world.as_admin(
        [&](Session& session) { count = session.arm.resources(world.subscription(), "", "").size(); });
    return count;
}

}  // namespace

TEST_CASE_FIXTURE(GroupWorld, "a deployment makes what is needed first, whatever the order of the template") {
    as_admin([&](Session& session) {
        Json resources = machine_template(*this, "vm");
        std::reverse(resources.begin(), resources.end());
        deploy(session, into(*this), resources);
        CHECK(session.arm.find_resource(machine("vm")));
        CHECK(session.arm.find_deployment(subscription(), "RG", "DEPLOY"));
    });
}

TEST_CASE_FIXTURE(GroupWorld, "a template's role assignment goes to the identity that the template makes") {
    const std::string reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    as_admin([&](Session& session) {
        Json resources = machine_template(*this, "vm");
        resources[2]["identity"] = {{"type", "SystemAssigned"}};
        resources.push_back(
            {{"type", "Microsoft.Authorization/roleAssignments"},
             {"name", "88888888-1111-4222-8333-444444444444"},
             {"dependsOn", Json::array({"Microsoft.Compute/virtualMachines/vm"})},
             {"properties",
              {{"roleDefinitionId", scope() + "/providers/Microsoft.Authorization/roleDefinitions/" + reader},
               {"principalId",
                "[reference('" + machine("vm").text() + "', '2024-11-01', 'Full').identity.principalId]"},
               {"scope", scope()}}}});
        deploy(session, into(*this), resources);
        const std::string principal = session.arm.find_resource(machine("vm"))->identity.system_principal_id;
        const auto made = session.rbac.find_role_assignment("88888888-1111-4222-8333-444444444444");
        REQUIRE(made);
        CHECK(made->principal_id == principal);
        CHECK(made->principal_type == "ServicePrincipal");
        CHECK(made->scope == scope());
        CHECK(made->role_definition_id == reader);
    });
}

TEST_CASE_FIXTURE(GroupWorld, "a refused deployment names every missing right and makes nothing") {
    const std::string contributor = add_user("vera", {{"Virtual Machine Contributor", group_scope()}});
    std::string message;
    try {
        as(contributor,
           [&](Session& session) { deploy(session, into(*this), machine_template(*this, "vm")); });
    } catch (const Error& error) {
        CHECK(error.fault().code == "InvalidTemplateDeployment");
        CHECK(error.fault().http_status == 400);
        message = error.message();
    }
    CHECK(
        message ==
        "The template deployment failed with error: 'Authorization failed for template resource 'vmVNET' of "
        "type 'Microsoft.Network/virtualNetworks'. The client 'vera@contoso.onmicrosoft.com' with object id "
        "'" +
            contributor +
            "' does not have permission to perform action 'Microsoft.Network/virtualNetworks/write' at scope "
            "'" +
            id("Microsoft.Network", "virtualNetworks", "vmVNET").text() + "'.'.");
    CHECK(resource_count(*this) == 0);

    const std::string reader = add_user("rita", {{"Reader", group_scope()}});
    CHECK_THROWS_AS(
        as(reader, [&](Session& session) { deploy(session, into(*this), machine_template(*this, "vm")); }),
        Error);
    const std::string deployer =
        add_user("dora", {{"Reader", group_scope()}, {"Log Analytics Contributor", group_scope()}});
    try {
        as(deployer, [&](Session& session) { deploy(session, into(*this), machine_template(*this, "vm")); });
    } catch (const Error& error) {
        CHECK(
            error.message().starts_with("Deployment failed with multiple errors: 'Authorization failed for "
                                        "template resource 'vmVNET'"));
        CHECK(error.message().find("'.:Authorization failed for template resource 'vmVMNic'") !=
              std::string::npos);
    }
    CHECK(resource_count(*this) == 0);
}

TEST_CASE_FIXTURE(GroupWorld, "with an interface that exists, Virtual Machine Contributor suffices") {
    as_admin([&](Session& session) {
        Json resources = machine_template(*this, "vm");
        resources.erase(2);
        deploy(session, into(*this), resources);
    });
    as(add_user("vera", {{"Virtual Machine Contributor", group_scope()}}), [&](Session& session) {
        Json body = machine_body(*this, "vm");
        body.erase("dependsOn");
        deploy(session, into(*this), Json::array({body}));
        CHECK(session.arm.find_resource(machine("vm")));
    });
}

TEST_CASE_FIXTURE(GroupWorld, "a bad parameter is told inside the refusal of the template") {
    as_admin([&](Session& session) {
        Json resources = machine_template(*this, "vm");
        resources[2]["properties"]["hardwareProfile"]["vmSize"] = "Standard_Huge";
        try {
            deploy(session, into(*this), resources);
            FAIL("accepted");
        } catch (const Error& error) {
            CHECK(
                error.message().starts_with("The template deployment 'deploy' is not valid according to the "
                                            "validation procedure. The tracking id is '"));
            const Json body = arm::deployment_error_body(error);
            CHECK(body["error"]["code"] == "InvalidTemplateDeployment");
            CHECK(body["error"]["details"][0]["code"] == "InvalidParameter");
            CHECK(body["error"]["details"][0]["target"] == "vmSize");
        }
    });
}

TEST_CASE_FIXTURE(GroupWorld, "what fails while a deployment runs leaves the rest, and is recorded") {
    as_admin([&](Session& session) {
        Json resources = machine_template(*this, "vm");
        resources[2]["identity"] = {
            {"type", "UserAssigned"},
            {"userAssignedIdentities",
             {{id("Microsoft.ManagedIdentity", "userAssignedIdentities", "nobody").text(), Json::object()}}}};
        const arm::Deployment made = deploy(session, into(*this), resources);
        REQUIRE(arm::has_failed(made));
        const Json body = Json::parse(arm::failure_of(made).message());
        CHECK(body["status"] == "Failed");
        CHECK(body["error"]["code"] == "DeploymentFailed");
        CHECK(body["error"]["details"][0]["code"] == "FailedIdentityOperation");
        CHECK(session.arm.find_resource(id("Microsoft.Network", "networkInterfaces", "vmVMNic")));
        CHECK_FALSE(session.arm.find_resource(machine("vm")));
        const Json kept = arm::get_deployment(session, into(*this));
        CHECK(kept["properties"]["provisioningState"] == "Failed");
        CHECK(kept["properties"]["outputResources"].size() == 2);
        const std::vector<Json> steps = arm::list_deployment_operations(session, into(*this));
        REQUIRE(steps.size() == 3);
        CHECK(steps[2]["properties"]["statusMessage"]["error"]["code"] == "FailedIdentityOperation");
    });
}

}  // namespace azid::test
