#include "core/arm/ports.hpp"

#include "core/compute/ports.hpp"
#include "core/entra/ports.hpp"
#include "core/imds/ports.hpp"
#include "core/msi/ports.hpp"
#include "store/state.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

namespace azid::test {

namespace {

constexpr const char* subscription = "11111111-1111-1111-1111-111111111111";
constexpr const char* tenant = "99999999-9999-9999-9999-999999999999";

arm::ResourceId machine_id(const std::string& group, const std::string& name) {
    return {subscription, group, "Microsoft.Compute", {{"virtualMachines", name}}};
}

arm::Resource machine(const std::string& group, const std::string& name) {
    arm::Resource resource;
    resource.id = machine_id(group, name);
    resource.location = "westeurope";
    resource.properties = R"({"size":"small"})";
    resource.created = test_instant();
    resource.changed = test_instant();
    return resource;
}

struct ArmState {
    ArmState() : state(store::open_state(folder.file("state.db"))) {
        write(*state, [](Session& session) {
            session.entra.save(entra::Tenant{tenant, "Contoso", "contoso.onmicrosoft.com"});
            session.arm.save(arm::Subscription{subscription, "Lessons", tenant, "Enabled"});
            session.arm.save(arm::Group{subscription, "rg1", "westeurope", "", "", session.now});
            session.arm.save(
                arm::Group{subscription, "Rg10", "northeurope", R"({"a":"b"})", "boss", session.now});
        });
    }

    ScratchFolder folder;
    std::unique_ptr<State> state;
};

}  // namespace

TEST_CASE_FIXTURE(ArmState, "groups are found without case and keep the case they were made with") {
    read(*state, [](Session& session) {
        const std::optional<arm::Group> found = session.arm.find_group(subscription, "rG10");
        REQUIRE(found);
        CHECK(found->name == "Rg10");
        CHECK(found->location == "northeurope");
        CHECK(found->tags == R"({"a":"b"})");
        CHECK(found->managed_by == "boss");
        CHECK(found->created == test_instant());
        CHECK_FALSE(session.arm.find_group(subscription, "rg"));
        CHECK(session.arm.groups(subscription).size() == 2);
    });
}

TEST_CASE_FIXTURE(ArmState, "a resource comes back whole, its identities in the order given") {
    arm::Resource resource = machine("rg1", "Web");
    resource.tags = R"({"env":"test"})";
    resource.kind = "app";
    resource.sku = R"({"name":"S1"})";
    resource.zones = R"(["1"])";
    resource.plan = R"({"name":"p"})";
    resource.managed_by = "/subscriptions/s/x";
    resource.created_by = "me";
    resource.created_by_name = "me@contoso.com";
    resource.created_by_type = "User";
    resource.etag = "W/1";
    resource.identity.system_principal_id = "p0";
    resource.identity.user_assigned = {{"/Z/identity", "p1", "c1"}, {"/A/Identity", "p2", "c2"}};
    write(*state, [&](Session& session) { session.arm.save(resource); });
    read(*state, [&](Session& session) {
        const std::optional<arm::Resource> found = session.arm.find_resource(machine_id("RG1", "wEB"));
        REQUIRE(found);
        CHECK(found->id.text() == resource.id.text());
        CHECK(found->location == "westeurope");
        CHECK(found->tags == resource.tags);
        CHECK(found->kind == resource.kind);
        CHECK(found->sku == resource.sku);
        CHECK(found->zones == resource.zones);
        CHECK(found->plan == resource.plan);
        CHECK(found->managed_by == resource.managed_by);
        CHECK(found->properties == resource.properties);
        CHECK(found->created_by == "me");
        CHECK(found->created_by_name == "me@contoso.com");
        CHECK(found->created_by_type == "User");
        CHECK(found->created == resource.created);
        CHECK(found->changed == resource.changed);
        CHECK(found->etag == "W/1");
        CHECK(found->identity.system_principal_id == "p0");
        REQUIRE(found->identity.user_assigned.size() == 2);
        CHECK(found->identity.user_assigned[0].identity_id == "/Z/identity");
        CHECK(found->identity.user_assigned[0].principal_id == "p1");
        CHECK(found->identity.user_assigned[1].client_id == "c2");
        const std::vector<arm::Resource> users = session.arm.resources_using_identity("/a/IDENTITY");
        REQUIRE(users.size() == 1);
        CHECK(users[0].id.name() == "Web");
    });
}

TEST_CASE_FIXTURE(ArmState, "saving a resource again replaces its identities and leaves its machine alone") {
    write(*state, [](Session& session) {
        arm::Resource resource = machine("rg1", "web");
        resource.identity.user_assigned = {{"/a", "p1", "c1"}};
        session.arm.save(resource);
        compute::VirtualMachine detail;
        detail.resource_id = resource.id.text();
        detail.vm_id = "guid";
        detail.power_state = "running";
        detail.created = session.now;
        session.compute.save(detail);
        resource.identity.user_assigned.clear();
        resource.location = "northeurope";
        session.arm.save(resource);
    });
    read(*state, [](Session& session) {
        const std::optional<arm::Resource> found = session.arm.find_resource(machine_id("rg1", "web"));
        REQUIRE(found);
        CHECK(found->identity.empty());
        CHECK(found->location == "northeurope");
        CHECK(session.arm.resources_using_identity("/a").empty());
        CHECK(session.compute.find_virtual_machine(machine_id("RG1", "WEB").text()));
    });
}

TEST_CASE_FIXTURE(ArmState, "resources are listed in order of creation, by group and type without case") {
    write(*state, [](Session& session) {
        session.arm.save(machine("rg1", "zeta"));
        session.arm.save(machine("Rg10", "beta"));
        arm::Resource disk = machine("rg1", "alpha");
        disk.id = arm::ResourceId(subscription, "rg1", "Microsoft.Compute", {{"disks", "alpha"}});
        session.arm.save(disk);
    });
    read(*state, [](Session& session) {
        const auto listed = [&](const char* group, const char* type) {
            std::string names;
            for (const arm::Resource& found : session.arm.resources(subscription, group, type))
                names += found.id.name() + " ";
            return names;
        };
        CHECK(listed("", "") == "zeta beta alpha ");
        CHECK(listed("RG1", "") == "zeta alpha ");
        CHECK(listed("", "microsoft.compute/virtualmachines") == "zeta beta ");
        CHECK(listed("rg1", "Microsoft.Compute/disks") == "alpha ");
        CHECK(listed("rg", "") == "");
    });
}

TEST_CASE_FIXTURE(ArmState,
                  "deleting a group takes its resources with all that hangs on them, and no other's") {
    write(*state, [](Session& session) {
        for (const char* group : {"rg1", "Rg10"}) {
            const arm::Resource resource = machine(group, "web");
            session.arm.save(resource);
            compute::VirtualMachine detail;
            detail.resource_id = resource.id.text();
            detail.vm_id = "guid";
            detail.power_state = "running";
            session.compute.save(detail);
            session.imds.save(
                {resource.id.text(), "p", "https://vault.azure.net", "token", session.now, session.now});
            session.msi.save(msi::FederatedCredential{resource.id.text(), "f", "i", "s", "a", "", 0});
            const std::string scope = resource.id.group_scope();
            session.arm.save(
                arm::Lock{scope + "/providers/Microsoft.Authorization/locks/l", scope, "l", "ReadOnly", ""});
            session.arm.save(arm::Deployment{subscription, group, "d", "{}", session.now});
        }
    });
    write(*state, [](Session& session) { session.arm.erase_group(subscription, "RG1"); });
    read(*state, [](Session& session) {
        for (const bool kept : {false, true}) {
            const std::string group = kept ? "rg10" : "rg1";
            const std::string id = machine_id(group, "WEB").text();
            CHECK(session.arm.find_resource(machine_id(group, "web")).has_value() == kept);
            CHECK(session.compute.find_virtual_machine(id).has_value() == kept);
            CHECK(session.imds.find_token(id, "P", "https://vault.azure.net").has_value() == kept);
            CHECK(session.msi.federated_credentials(id).empty() != kept);
            CHECK(session.arm.find_deployment(subscription, group, "D").has_value() == kept);
        }
        REQUIRE(session.arm.locks(subscription).size() == 1);
        CHECK(session.arm.locks(subscription)[0].scope.ends_with("/Rg10"));
    });
}

TEST_CASE_FIXTURE(ArmState, "deleting a resource takes its children, not what merely begins alike") {
    write(*state, [](Session& session) {
        session.arm.save(machine("rg1", "web"));
        session.arm.save(machine("rg1", "web2"));
        session.arm.save(machine("rg1", "web-2"));
        arm::Resource child = machine("rg1", "web");
        child.id = child.id.child("extensions", "tool");
        session.arm.save(child);
    });
    write(*state, [](Session& session) { session.arm.erase_resource(machine_id("RG1", "WEB")); });
    read(*state, [](Session& session) {
        CHECK_FALSE(session.arm.find_resource(machine_id("rg1", "web")));
        CHECK_FALSE(session.arm.find_resource(machine_id("rg1", "web").child("extensions", "tool")));
        CHECK(session.arm.find_resource(machine_id("rg1", "web2")));
        CHECK(session.arm.find_resource(machine_id("rg1", "web-2")));
    });
}

TEST_CASE_FIXTURE(ArmState, "deployments of a group and of the subscription do not mix") {
    write(*state, [](Session& session) {
        session.arm.save(arm::Deployment{subscription, "rg1", "main", R"({"v":1})", session.now});
        session.arm.save(arm::Deployment{subscription, "", "main", R"({"v":2})", session.now});
        session.arm.save(arm::Deployment{subscription, "", "MAIN", R"({"v":3})", session.now});
    });
    read(*state, [](Session& session) {
        CHECK(session.arm.find_deployment(subscription, "RG1", "Main")->properties == R"({"v":1})");
        CHECK(session.arm.find_deployment(subscription, "", "main")->properties == R"({"v":3})");
        CHECK(session.arm.deployments(subscription, "").size() == 1);
    });
    write(*state, [](Session& session) {
        CHECK(session.arm.erase_deployment(subscription, "", "main"));
        CHECK_FALSE(session.arm.erase_deployment(subscription, "", "main"));
        CHECK(session.arm.deployments(subscription, "rg1").size() == 1);
    });
}

TEST_CASE_FIXTURE(ArmState, "locks are kept by id and listed by subscription") {
    const std::string scope = arm::subscription_scope(subscription);
    write(*state, [&](Session& session) {
        session.arm.save(arm::Lock{scope + "/locks/a", scope + "/", "a", "ReadOnly", "why"});
        session.arm.save(arm::Lock{scope + "0/locks/a", scope + "0", "a", "ReadOnly", ""});
    });
    write(*state, [&](Session& session) {
        REQUIRE(session.arm.locks(subscription).size() == 1);
        CHECK(session.arm.locks(subscription)[0].notes == "why");
        CHECK(session.arm.find_lock(scope + "/LOCKS/A")->level == "ReadOnly");
        CHECK(session.arm.erase_lock(scope + "/LOCKS/A"));
        CHECK_FALSE(session.arm.erase_lock(scope + "/LOCKS/A"));
    });
}

TEST_CASE_FIXTURE(ArmState, "management groups are known from the nearest up to the tenant's root") {
    const std::string root = arm::management_group_scope(tenant);
    write(*state, [&](Session& session) {
        CHECK(session.arm.management_groups_above(subscription) == std::vector<std::string>{root});
        session.arm.save(arm::ManagementGroup{"Top", tenant, "Top group", "", session.now});
        session.arm.save(arm::ManagementGroup{"low", tenant, "Low", "top", session.now});
        session.arm.place_subscription(subscription, "LOW");
    });
    const std::string top = arm::management_group_scope("Top");
    write(*state, [&](Session& session) {
        CHECK(session.arm.management_groups_above(subscription) ==
              std::vector<std::string>{arm::management_group_scope("low"), top, root});
        CHECK(session.arm.management_groups_above("LOW") == std::vector<std::string>{top, root});
        CHECK(session.arm.management_groups_above("nobody").empty());
        CHECK(session.arm.subscriptions_in("low") == std::vector<std::string>{subscription});
        CHECK(session.arm.find_management_group("TOP")->display_name == "Top group");
        session.arm.erase_management_group("low");
    });
    read(*state, [&](Session& session) {
        CHECK(session.arm.management_groups_above(subscription) == std::vector<std::string>{root});
        CHECK(session.arm.management_groups().size() == 1);
    });
}

}  // namespace azid::test
