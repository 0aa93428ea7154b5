#include "core/msi/identities.hpp"

#include "core/arm/groups.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/entra/ports.hpp"
#include "core/msi/federated.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace azid;

namespace {

struct Identities : test::World {
    Identities() { add_group("Rg"); }

    arm::ResourceId id(const std::string& name, const std::string& group = "Rg") const {
        return {subscription, group, "Microsoft.ManagedIdentity", {{"userAssignedIdentities", name}}};
    }
    Json put(const std::string& name, const Json& body = Json{{"location", "westeurope"}}) {
        Json made;
        as_admin([&](Session& session) { made = msi::put_identity(session, id(name), body); });
        return made;
    }
    // Code of the refusal; "none" when all went well.
    std::string refusal(const std::function<void(Session&)>& work, const Caller& caller) {
        try {
            as(caller, work);
        } catch (const Error& error) {
            return std::string(error.fault().code);
        }
        return "none";
    }
    std::string refusal(const std::function<void(Session&)>& work) { return refusal(work, admin); }

    Json credential(const std::string& subject) const {
        return Json{
            {"properties",
             {{"issuer", "https://issuer.example"}, {"subject", subject}, {"audiences", {"api://x"}}}}};
    }
};

}  // namespace

TEST_CASE_FIXTURE(Identities, "an identity comes with its service principal and Azure's spelling of ids") {
    const Json made = put("app", Json{{"location", "West Europe"}, {"tags", {{"env", "test"}}}});
    CHECK(text_at(made, "id") == "/subscriptions/" + subscription +
                                     "/resourcegroups/Rg/providers/Microsoft.ManagedIdentity/"
                                     "userAssignedIdentities/app");
    CHECK(made["location"] == "westeurope");
    CHECK(made["tags"] == Json{{"env", "test"}});
    as_nobody([&](Session& session) {
        const auto principal =
            session.entra.find_service_principal(text_at(made["properties"], "principalId"));
        REQUIRE(principal);
        CHECK(principal->app_id == text_at(made["properties"], "clientId"));
        CHECK(principal->tenant_id == text_at(made["properties"], "tenantId"));
        CHECK(principal->display_name == "app");
        CHECK(principal->type == "ManagedIdentity");
        CHECK(principal->user_assigned);
    });
}

TEST_CASE_FIXTURE(Identities,
                  "putting again keeps the ids and replaces the tags; deleting and making anew does not") {
    const Json first = put("app", Json{{"location", "westeurope"}, {"tags", {{"a", "b"}}}});
    const Json second = put("APP");
    CHECK(second["properties"] == first["properties"]);
    CHECK(second["name"] == "app");
    CHECK(second["tags"] == Json::object());
    as_admin([&](Session& session) {
        CHECK(msi::remove_identity(session, id("aPP")));
        CHECK_FALSE(msi::remove_identity(session, id("app")));
        CHECK_FALSE(session.entra.find_service_principal(text_at(first["properties"], "principalId")));
    });
    CHECK(put("app")["properties"]["principalId"] != first["properties"]["principalId"]);
}

TEST_CASE_FIXTURE(Identities, "patching changes the tags it names and nothing else") {
    const Json made = put("app", Json{{"location", "westeurope"}, {"tags", {{"a", "b"}}}});
    as_admin([&](Session& session) {
        CHECK(msi::patch_identity(session, id("app"), Json::object()) == made);
        CHECK(msi::patch_identity(session, id("app"), Json{{"tags", {{"c", "d"}}}})["tags"] ==
              Json{{"c", "d"}});
    });
}

TEST_CASE_FIXTURE(Identities, "names have 3 to 128 plain characters") {
    for (const char* bad : {"ab", "-app", "_app", "a.p", "app!"})
        CHECK(refusal([&](Session& s) {
                  msi::put_identity(s, id(bad), Json{{"location", "westeurope"}});
              }) == "InvalidResourceName");
    CHECK(refusal([&](Session& s) {
              msi::put_identity(s, id(std::string(129, 'a')), Json{{"location", "westeurope"}});
          }) == "InvalidResourceName");
    CHECK(put(std::string(128, 'a'))["name"] == std::string(128, 'a'));
    CHECK(put("0-_")["name"] == "0-_");
}

TEST_CASE_FIXTURE(Identities, "missing group, missing location, missing rights") {
    CHECK(refusal([&](Session& s) {
              msi::put_identity(s, id("app", "nope"), Json{{"location", "westeurope"}});
          }) == "ResourceGroupNotFound");
    CHECK(refusal([&](Session& s) { msi::put_identity(s, id("app"), Json::object()); }) ==
          "LocationRequired");
    CHECK(refusal([&](Session& s) { msi::get_identity(s, id("app")); }) == "ResourceNotFound");
    put("app");
    Caller stranger = admin;
    stranger.object_id = "00000000-0000-4000-8000-000000000000";
    CHECK(refusal([&](Session& s) { msi::get_identity(s, id("app")); }, stranger) == "AuthorizationFailed");
    CHECK(refusal([&](Session& s) { msi::remove_identity(s, id("app")); }, stranger) ==
          "AuthorizationFailed");
    as(stranger, [&](Session& s) { CHECK(msi::list_identities(s, subscription, "").empty()); });
    as_admin([&](Session& s) { CHECK(msi::list_identities(s, subscription, "rg").size() == 1); });
}

TEST_CASE_FIXTURE(Identities, "deleting a group removes the principals of its identities") {
    const Json made = put("app");
    as_admin([&](Session& session) {
        arm::delete_group(session, subscription, "Rg");
        CHECK_FALSE(session.entra.find_service_principal(text_at(made["properties"], "principalId")));
    });
}

TEST_CASE_FIXTURE(Identities, "the resources of an identity are the hosts that name it") {
    put("app");
    add_machine("Rg", "web", false, {"app"});
    as_admin([&](Session& session) {
        const Json all = msi::associated_resources(session, id("app"), Json::object());
        REQUIRE(all["totalCount"] == 1);
        CHECK(all["value"][0]["name"] == "web");
        CHECK(all["value"][0]["type"] == "microsoft.compute/virtualmachines");
        CHECK(all["value"][0]["resourceGroup"] == "Rg");
        CHECK(all["value"][0]["subscriptionId"] == subscription);
    });
}

TEST_CASE_FIXTURE(Identities, "a federated credential needs issuer, subject and exactly one audience") {
    put("app");
    const arm::ResourceId fic = id("app").child("federatedIdentityCredentials", "github");
    const auto code = [&](const Json& body) {
        return refusal([&](Session& session) { msi::put_federated(session, fic, body); });
    };
    CHECK(code(Json{{"properties", Json::object()}}) == "BadRequest");
    CHECK(code(Json{{"properties", {{"audiences", {"a"}}}}}) == "BadRequest");
    Json two = credential("s");
    two["properties"]["audiences"] = {"a", "b"};
    CHECK(code(two) == "BadRequest");
    CHECK(code(credential("s")) == "none");
    CHECK(refusal([&](Session& s) {
              msi::put_federated(s, id("nope").child("federatedIdentityCredentials", "github"),
                                 credential("s"));
          }) == "NotFound");
    CHECK(refusal([&](Session& s) {
              msi::put_federated(s, id("app").child("federatedIdentityCredentials", "x!"), credential("t"));
          }) == "BadRequest");
    CHECK(refusal([&](Session& s) {
              msi::put_federated(s, id("app").child("federatedIdentityCredentials", "other"),
                                 credential("s"));
          }) == "Conflict");
    as_admin([&](Session& session) {
        CHECK(compact(msi::get_federated(session, fic)["properties"]) ==
              R"({"issuer":"https://issuer.example","subject":"s","audiences":["api://x"]})");
        CHECK(msi::list_federated(session, id("app")).size() == 1);
        CHECK(msi::remove_federated(session, fic));
        CHECK_FALSE(msi::remove_federated(session, fic));
    });
}

TEST_CASE_FIXTURE(Identities, "an identity has at most twenty federated credentials") {
    put("app");
    as_admin([&](Session& session) {
        for (int i = 0; i < 20; ++i)
            msi::put_federated(session,
                               id("app").child("federatedIdentityCredentials", "fic" + std::to_string(i)),
                               credential(std::to_string(i)));
    });
    CHECK(refusal([&](Session& s) {
              msi::put_federated(s, id("app").child("federatedIdentityCredentials", "more"),
                                 credential("more"));
          }) == "BadRequest");
}
