#include "core/arm/locks.hpp"

#include "core/arm/groups.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/events/ports.hpp"
#include "core/rbac/authorise.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <string>

namespace azid::test { namespace {

Json lock_of(const char* level) { return {{"properties", {{"level", level}}}}; }

struct Locked : World {
    std::string sub = arm::subscription_scope(subscription);
    std::string group = arm::group_scope(subscription, "rg");
    std::string machine = group + "/providers/Microsoft.Compute/virtualMachines/web";

    Locked() {
        add_group("rg");
        add_group("rg2");
        add_machine("rg", "web", false, {});
    }

    void lock(const std::string& scope, const char* level) {
        as_admin([&](Session& session) { arm::put_lock(session, scope, "l", lock_of(level)); });
    }

    // The code of the refusal; empty when the action passes.
    std::string refusal(const std::string& action, const std::string& scope) {
        std::string code;
        as_admin([&](Session& session) {
            try {
                rbac::authorise(session, action, scope);
            } catch (const Error& error) {
                code = error.fault().code;
            }
        });
        return code;
    }
};

constexpr const char* write_group = "Microsoft.Resources/subscriptions/resourceGroups/write";
constexpr const char* delete_group = "Microsoft.Resources/subscriptions/resourceGroups/delete";
constexpr const char* start = "Microsoft.Compute/virtualMachines/start/action";
constexpr const char* delete_machine = "Microsoft.Compute/virtualMachines/delete";

TEST_CASE_FIXTURE(Locked, "CanNotDelete forbids deleting at it, below it and above it, and nothing else") {
    lock(machine, "CanNotDelete");
    CHECK(refusal(delete_machine, machine) == "ScopeLocked");
    CHECK(refusal(delete_group, group) == "ScopeLocked");
    CHECK(refusal("Microsoft.Authorization/roleAssignments/delete",
                  machine + "/providers/Microsoft.Authorization/roleAssignments/x") == "ScopeLocked");
    CHECK(refusal(start, machine).empty());
    CHECK(refusal(delete_group, arm::group_scope(subscription, "rg2")).empty());
}

TEST_CASE_FIXTURE(Locked, "ReadOnly forbids every change at it and below it") {
    lock(group, "ReadOnly");
    CHECK(refusal(start, machine) == "ScopeLocked");
    CHECK(refusal(write_group, group) == "ScopeLocked");
    CHECK(refusal("Microsoft.Compute/virtualMachines/read", machine).empty());
    CHECK(refusal(write_group, arm::group_scope(subscription, "rg2")).empty());
    CHECK(refusal(write_group, arm::group_scope(subscription, "RG")) == "ScopeLocked");
}

TEST_CASE_FIXTURE(Locked, "a ReadOnly lock below a scope lets the scope itself be written") {
    lock(machine, "ReadOnly");
    CHECK(refusal(write_group, group).empty());
    CHECK(refusal(delete_group, group) == "ScopeLocked");
}

TEST_CASE_FIXTURE(Locked, "a lock of the subscription holds everywhere and can itself be taken away") {
    lock(sub, "ReadOnly");
    CHECK(refusal(delete_machine, machine) == "ScopeLocked");
    as_admin([&](Session& session) { CHECK(arm::delete_lock(session, sub, "l")); });
    CHECK(refusal(delete_machine, machine).empty());
}

TEST_CASE_FIXTURE(Locked, "locks are listed above, at and below a scope, with atScope not below") {
    lock(sub, "CanNotDelete");
    lock(machine, "CanNotDelete");
    as_admin([&](Session& session) {
        CHECK(arm::list_locks(session, group, false).size() == 2);
        CHECK(arm::list_locks(session, group, true).size() == 1);
    });
}

TEST_CASE_FIXTURE(Locked, "a lock goes with what it is on") {
    lock(group, "CanNotDelete");
    as_admin([&](Session& session) {
        arm::delete_lock(session, group, "l");
        arm::put_lock(session, machine, "other", lock_of("ReadOnly"));
        CHECK_THROWS_AS(arm::delete_group(session, subscription, "rg"), Error);
        arm::delete_lock(session, machine, "other");
        arm::delete_group(session, subscription, "rg");
        CHECK(arm::list_locks(session, sub, false).empty());
    });
}

TEST_CASE_FIXTURE(Locked, "what a lock refuses is begun in the activity log as failed") {
    lock(group, "ReadOnly");
    as_admin([&](Session& session) {
        CHECK_THROWS_AS(rbac::authorise(session, start, machine), Error);
        const std::vector<events::Operation> begun = session.events.begun();
        REQUIRE(begun.size() == 1);
        CHECK(begun.front().status == "Failed");
        CHECK(begun.front().code == "ScopeLocked");
    });
}

}}  // namespace azid::test
