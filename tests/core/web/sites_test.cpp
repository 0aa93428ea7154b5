#include "core/web/sites.hpp"

#include "core/arm/groups.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/entra/ports.hpp"
#include "core/web/plans.hpp"
#include "support/group_world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace azid::test {

namespace {

struct WebWorld : GroupWorld {
    WebWorld() {
        as_admin([&](Session& session) {
            web::put_plan(session, plan(), {{"location", "westeurope"}, {"sku", {{"name", "B1"}}}});
        });
    }

    arm::ResourceId plan() const { return id("Microsoft.Web", "serverfarms", "plan"); }
    arm::ResourceId site(const std::string& name) const { return id("Microsoft.Web", "sites", name); }
    Json body() const {
        return {{"location", "westeurope"},
                {"identity", {{"type", "SystemAssigned"}}},
                {"properties", {{"serverFarmId", plan().text()}}}};
    }
};

std::string code_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return std::string(error.fault().code);
    }
    return "none";
}

}  // namespace

TEST_CASE("an app's own identity has a principal as long as the app lives") {
    WebWorld world;
    std::string principal;
    world.as_admin([&](Session& session) {
        const Json made = web::put_site(session, world.site("shop"), world.body());
        CHECK(made["identity"]["type"] == "SystemAssigned");
        principal = made["identity"]["principalId"];
        CHECK(session.entra.find_service_principal(principal)->display_name == "shop");
    });
    world.as_admin([&](Session& session) {
        CHECK(web::delete_site(session, world.site("shop"), false));
        CHECK_FALSE(session.entra.find_service_principal(principal));
        CHECK_FALSE(session.arm.find_resource(world.plan()));  // it went with its last app
        CHECK_FALSE(web::delete_site(session, world.site("shop"), false));
    });
}

TEST_CASE("the principal of an app goes with the app's group") {
    WebWorld world;
    std::string principal;
    world.as_admin([&](Session& session) {
        principal = web::put_site(session, world.site("shop"), world.body())["identity"]["principalId"];
    });
    world.as_admin([&](Session& session) { arm::delete_group(session, world.subscription(), "rg"); });
    world.as_admin([&](Session& session) { CHECK_FALSE(session.entra.find_service_principal(principal)); });
}

TEST_CASE("an app's name is taken in all of Azure") {
    WebWorld world;
    world.as_admin([&](Session& session) {
        web::put_site(session, world.site("shop"), world.body());
        arm::put_group(session, world.subscription(), "other", {{"location", "westeurope"}});
        const arm::ResourceId twin(world.subscription(), "other", "Microsoft.Web", {{"sites", "SHOP"}});
        CHECK(code_of([&] { web::put_site(session, twin, world.body()); }) == "Conflict");
        CHECK(code_of([&] { web::put_site(session, world.site("-x"), world.body()); }) == "BadRequest");
    });
}

TEST_CASE("who puts an app on a plan needs a right on the plan too") {
    WebWorld world;
    const std::string ann = world.add_user("ann", {{"Website Contributor", world.site("shop").text()}});
    world.as(ann, [&](Session& session) {
        Json body = world.body();
        body.erase("identity");
        CHECK(code_of([&] { web::put_site(session, world.site("shop"), body); }) ==
              "LinkedAuthorizationFailed");
    });
}

TEST_CASE("app settings are kept and not shown") {
    WebWorld world;
    world.as_admin([&](Session& session) {
        Json body = world.body();
        body["properties"]["siteConfig"]["appSettings"] = {{{"name", "KEY"}, {"value", "hush"}}};
        const Json shown = web::put_site(session, world.site("shop"), body);
        CHECK(shown.dump().find("hush") == std::string::npos);
        CHECK(session.arm.find_resource(world.site("shop"))->properties.find("hush") != std::string::npos);
    });
}

}  // namespace azid::test
