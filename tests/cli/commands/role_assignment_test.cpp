#include "cli/commands/role_assignment.hpp"

#include "cli/app/environment.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/random.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/assignments.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/wire.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace azid;
using azid::test::World;

namespace {

// An application that owns the subscription and may not read the directory, as every new one.
struct Desk : World {
    Caller robot;
    app::Environment environment;
    app::Messages messages;
    std::string sub = arm::subscription_scope(subscription);

    Desk() {
        const entra::ServicePrincipal principal = add_application("robot", "a secret of the robot");
        robot.object_id = principal.id;
        robot.tenant_id = tenant.id;
        robot.app_id = robot.name = principal.app_id;
        robot.is_user = false;
        as_admin([&](Session& session) {
            rbac::put_role_assignment(
                session, sub, new_guid(session.random),
                rbac::role_assignment_body(rbac::definition_id(subscription, rbac::owner_role),
                                           robot.object_id, ""));
        });
    }

    Json run(Json (*command)(app::Context&),
             const std::vector<std::pair<std::string, std::string>>& options) {
        app::Args args;
        for (const auto& [key, value] : options) args.set(key, {value});
        messages.warnings.clear();
        Json result;
        as(robot, [&](Session& session) {
            app::Context context{args, messages, environment, "", subscription, &session};
            result = command(context);
        });
        return result;
    }
};

}  // namespace

TEST_CASE("who may not read the directory sees assignments without the principals' names") {
    Desk desk;
    const Json list = desk.run(commands::role_assignment_list, {});
    REQUIRE(list.size() == 2);
    CHECK(list[0]["roleDefinitionName"] == "Owner");
    CHECK_FALSE(list[0].contains("principalName"));
}

TEST_CASE("who may not read the directory can assign by object id, with az's warnings") {
    Desk desk;
    const Json made = desk.run(commands::role_assignment_create,
                               {{"assignee", desk.admin.object_id}, {"role", "Reader"}, {"scope", desk.sub}});
    CHECK(made["principalType"] == "User");
    REQUIRE(desk.messages.warnings.size() == 2);
    CHECK(desk.messages.warnings[0] ==
          "Failed to query principal type for " + desk.admin.object_id +
              " by invoking Graph API. If you don't have permission to query Graph API, please specify "
              "--assignee-object-id and --assignee-principal-type.");
    CHECK(desk.messages.warnings[1] == "Assuming " + desk.admin.object_id + " as an object ID.");
}

TEST_CASE("who may not read the directory cannot assign by name") {
    Desk desk;
    std::string told;
    try {
        desk.run(commands::role_assignment_create,
                 {{"assignee", desk.admin.name}, {"role", "Reader"}, {"scope", desk.sub}});
    } catch (const Error& error) {
        told = error.message();
    }
    CHECK(told == "Insufficient privileges to complete the operation.");
}

TEST_CASE("a condition gets the version that there is") {
    Desk desk;
    const Json made =
        desk.run(commands::role_assignment_create, {{"assignee_object_id", desk.admin.object_id},
                                                    {"assignee_principal_type", "User"},
                                                    {"role", "Reader"},
                                                    {"scope", desk.sub},
                                                    {"condition", "@Resource[a:b] stringEquals 'foo'"}});
    CHECK(made["conditionVersion"] == "2.0");
    CHECK(desk.messages.warnings.empty());
    Json changed = made;
    changed["description"] = "why";
    const Json updated = desk.run(commands::role_assignment_update, {{"role_assignment", changed.dump()}});
    CHECK(updated["description"] == "why");
    CHECK(updated["name"] == made["name"]);
    changed["conditionVersion"] = "1.0";
    CHECK_THROWS_WITH_AS(desk.run(commands::role_assignment_update, {{"role_assignment", changed.dump()}}),
                         "Condition version cannot be downgraded to '1.X'.", Error);
}
