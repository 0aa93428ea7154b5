#include "core/arm/management_groups.hpp"

#include "core/account/sign_in.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/ownership.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <string>

namespace azid::test { namespace {

Json below(const std::string& parent) {
    return {{"properties", {{"details", {{"parent", {{"id", arm::management_group_scope(parent)}}}}}}}};
}

std::string code_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return std::string(error.fault().code);
    }
    return {};
}

TEST_CASE_FIXTURE(World, "a role at a management group reaches the subscriptions below it") {
    const std::string stranger = "dddddddd-0000-4000-8000-000000000001";
    as_admin([&](Session& session) {
        arm::put_management_group(session, "top", Json::object());
        arm::put_management_group(session, "low", below("top"));
        rbac::make_owner(session, stranger, "User", arm::management_group_scope("top"));
        CHECK(account::visible_subscriptions(session, stranger, tenant.id).empty());
        arm::put_group_subscription(session, "low", subscription);
        CHECK(account::visible_subscriptions(session, stranger, tenant.id).size() == 1);
        arm::delete_group_subscription(session, "low", subscription);
        CHECK(account::visible_subscriptions(session, stranger, tenant.id).empty());
    });
}

TEST_CASE_FIXTURE(World, "whoever makes a management group owns it, and nobody the root") {
    as_admin([&](Session& session) {
        arm::put_management_group(session, "top", Json::object());
        CHECK(rbac::may(session, "Microsoft.Management/managementGroups/delete",
                        arm::management_group_scope("top")));
        CHECK(code_of([&] { arm::get_management_group(session, tenant.id, false, false); }) ==
              "AuthorizationFailed");
        CHECK(arm::list_management_groups(session).size() == 1);
    });
}

TEST_CASE_FIXTURE(World, "a management group cannot be moved below itself or deeper than six levels") {
    as_admin([&](Session& session) {
        arm::put_management_group(session, "g1", Json::object());
        for (int level = 2; level <= 6; ++level)
            arm::put_management_group(session, "g" + std::to_string(level),
                                      below("g" + std::to_string(level - 1)));
        CHECK(code_of([&] { arm::put_management_group(session, "g7", below("g6")); }) == "BadRequest");
        CHECK(code_of([&] {
                  arm::patch_management_group(session, "g1",
                                              {{"parentGroupId", arm::management_group_scope("g3")}});
              }) == "BadRequest");
        CHECK(code_of([&] { arm::delete_management_group(session, "g1"); }) == "BadRequest");
        CHECK(arm::list_descendants(session, "g1").size() == 5);
    });
}

TEST_CASE_FIXTURE(World, "hierarchy settings decide who makes groups and where subscriptions go") {
    as_admin([&](Session& session) {
        rbac::make_owner(session, admin.object_id, "User", "/");
        arm::put_management_group(session, "home", Json::object());
        arm::put_hierarchy_settings(session, tenant.id,
                                    {{"properties",
                                      {{"requireAuthorizationForGroupCreation", "True"},
                                       {"defaultManagementGroup", arm::management_group_scope("home")}}}},
                                    true);
        CHECK(arm::default_management_group(session, tenant.id) == "home");
    });
    Caller stranger = admin;
    stranger.object_id = "dddddddd-0000-4000-8000-000000000001";
    as(stranger, [&](Session& session) {
        CHECK(code_of([&] { arm::put_management_group(session, "mine", Json::object()); }) ==
              "AuthorizationFailed");
    });
}

}}  // namespace azid::test
