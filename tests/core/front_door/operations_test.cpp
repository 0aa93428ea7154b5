#include "core/arm/operations.hpp"

#include "core/account/ports.hpp"
#include "core/arm/ports.hpp"
#include "core/base/http.hpp"
#include "core/settings/table.hpp"
#include "support/wire_world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <string>

namespace azid::test {

namespace {

constexpr const char* machine = "/resourceGroups/rg1/providers/Microsoft.Compute/virtualMachines/vm1";
constexpr const char* small_machine =
    R"({"location":"westeurope","properties":{"hardwareProfile":{"vmSize":"Standard_B1s"}}})";
constexpr const char* reader_role = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

std::string text_in(const WireAnswer& answer, const char* path) {
    const std::shared_ptr<const Json> body = answer.json();
    const Json* const found = find(*body, path);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

struct Operations : WireWorld {
    WireAnswer follow(const std::string& link) { return ask("GET", link, admin_token()); }

    // An operation on the machine that is over a minute from now.
    arm::Operation minute_long() {
        arm::Operation operation;
        operation.id = "5f6a0f2e-0000-4000-8000-000000000001";
        operation.subscription = subscription;
        operation.provider = "Microsoft.Compute";
        operation.location = "westeurope";
        operation.target = "/subscriptions/" + subscription + machine;
        operation.state = "Updating";
        operation.principal_id = admin.object_id;
        operation.started = now;
        operation.ends = now + std::chrono::minutes(1);
        as_admin([&](Session& session) { session.arm.save(operation); });
        return operation;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Operations, "what takes Azure its time says where to follow it, and is over when asked") {
    add_group("rg1");
    const WireAnswer made = arm("PUT", machine, small_machine);
    CHECK(made.status == 201);
    CHECK(text_in(made, "properties.provisioningState") == "Creating");
    CHECK(text_in(follow(made.header("Azure-AsyncOperation")), "status") == "Succeeded");
    const WireAnswer stopped = arm("POST", std::string(machine) + "/deallocate");
    CHECK(stopped.status == 202);
    CHECK(stopped.text.empty());
    CHECK(stopped.header("Retry-After") == "1");
    const std::string begins = "https://management.azure.com/subscriptions/" + subscription +
                               "/providers/Microsoft.Compute/locations/westeurope/operations/";
    CHECK(stopped.header("Azure-AsyncOperation").starts_with(begins));
    const WireAnswer status = follow(stopped.header("Azure-AsyncOperation"));
    CHECK(status.status == 200);
    CHECK(text_in(status, "status") == "Succeeded");
    CHECK(text_in(status, "startTime") == "2025-01-02T03:04:05.1234560+00:00");
    CHECK(text_in(status, "endTime") == "2025-01-02T03:04:05.1234560+00:00");
    const WireAnswer result = follow(stopped.header("Location"));
    CHECK(result.status == 200);
    CHECK(result.text.empty());

    const WireAnswer changed = arm("PATCH", machine, R"({"tags":{"a":"b"}})");
    CHECK(changed.status == 200);
    CHECK(text_in(changed, "properties.provisioningState") == "Updating");
    CHECK(text_in(follow(changed.header("Azure-AsyncOperation")), "status") == "Succeeded");
    CHECK(text_in(arm("GET", machine), "properties.provisioningState") == "Succeeded");

    const WireAnswer removed = arm("DELETE", machine);
    CHECK(removed.status == 202);
    CHECK(text_in(follow(removed.header("Azure-AsyncOperation")), "status") == "Succeeded");
    CHECK(arm("DELETE", machine).status == 204);

    const WireAnswer group = arm("DELETE", "/resourcegroups/rg1");
    CHECK(group.status == 202);
    CHECK(group.header("Azure-AsyncOperation").empty());
    CHECK(follow(group.header("Location")).status == 200);
}

TEST_CASE_FIXTURE(Operations, "an operation that still goes on shows itself everywhere until its end") {
    add_group("rg1");
    arm("PUT", machine, small_machine);
    const std::string id = minute_long().id;
    const std::string path = "/providers/Microsoft.Compute/locations/westeurope/operations/" + id;
    CHECK(text_in(arm("GET", path), "status") == "InProgress");
    CHECK(arm("GET", path).header("Retry-After") == "15");
    const WireAnswer waiting = arm("GET", path + "?monitor=true");
    CHECK(waiting.status == 202);
    CHECK_FALSE(waiting.header("Location").empty());
    CHECK(text_in(arm("GET", machine), "properties.provisioningState") == "Updating");
    now += std::chrono::minutes(1);
    CHECK(text_in(arm("GET", path), "status") == "Succeeded");
    CHECK(arm("GET", path + "?monitor=true").status == 200);
    CHECK(text_in(arm("GET", machine), "properties.provisioningState") == "Succeeded");
}

TEST_CASE_FIXTURE(Operations, "an operation is followed by whoever began it or may read operations, only") {
    add_group("rg1");
    const std::string id = minute_long().id;
    const std::string path = "/providers/Microsoft.Compute/locations/westeurope/operations/" + id;
    CHECK(arm("GET", "/providers/Microsoft.Compute/locations/northeurope/operations/" + id).status == 404);
    CHECK(arm("GET", "/providers/Microsoft.Network/locations/westeurope/operations/" + id).status == 404);
    CHECK(arm("GET", "/operationresults/" + id).status == 404);
    CHECK(arm("POST", path).status == 405);
    CHECK(arm("GET", "/providers/Microsoft.Compute/locations/westeurope/operations/other").status == 404);

    const Caller identity = caller_for(add_identity("rg1", "id1"));
    const std::string token = token_for(identity, "https://management.azure.com/");
    CHECK(ask("GET", arm_url(path), token).code() == "AuthorizationFailed");
    CHECK(ask("GET", arm_url(path), "").status == 401);
    assign(identity.object_id, reader_role, "/subscriptions/" + subscription);
    CHECK(ask("GET", arm_url(path), token).status == 200);
}

TEST_CASE_FIXTURE(Operations, "an operation is forgotten a day after its end") {
    add_group("rg1");
    const std::string id = minute_long().id;
    const std::string path = "/providers/Microsoft.Compute/locations/westeurope/operations/" + id;
    now += std::chrono::hours(25);
    const std::string token = token_for(admin, "https://management.azure.com/");
    CHECK(ask("GET", arm_url(path), token).status == 200);
    CHECK(ask("DELETE", arm_url("/resourcegroups/rg1"), token).status == 202);
    CHECK(ask("GET", arm_url(path), token).status == 404);
}

TEST_CASE_FIXTURE(Operations, "a deployment runs for its time, and says when to ask again") {
    add_group("rg1");
    as_admin([](Session& session) { session.account.save_own_setting(settings::provisioning_time, "20"); });
    const std::string deployment = "/resourcegroups/rg1/providers/Microsoft.Resources/deployments/d1";
    const WireAnswer made = arm(
        "PUT", deployment,
        R"({"properties":{"mode":"Incremental","template":{"$schema":"s","contentVersion":"1.0.0.0","resources":[]}}})");
    CHECK(made.status == 201);
    CHECK(text_in(made, "properties.provisioningState") == "Accepted");
    const std::string link = made.header("Azure-AsyncOperation");
    CHECK(text_in(follow(link), "status") == "Running");
    CHECK(follow(link).header("Retry-After") == "15");
    CHECK(text_in(arm("GET", deployment), "properties.provisioningState") == "Running");
    now += std::chrono::seconds(20);
    CHECK(text_in(follow(link), "status") == "Succeeded");
    CHECK(follow(link).header("Retry-After").empty());
    CHECK(text_in(arm("GET", deployment), "properties.provisioningState") == "Succeeded");
}

}  // namespace azid::test
