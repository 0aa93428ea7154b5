#include "core/account/sign_in.hpp"

#include "core/base/error.hpp"
#include "core/entra/groups.hpp"
#include "core/entra/users.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>

#include <string>

namespace azid::test {

namespace {

struct SigningIn : World {
    SigningIn() {
        as_admin([this](Session& session) {
            entra::NewUser wanted;
            wanted.user_principal_name = "ann@contoso.onmicrosoft.com";
            wanted.display_name = "Ann Lee";
            wanted.mail_nickname = "ann";
            wanted.password = "Passw0rd!x";
            ann = entra::create_user(session, wanted).id;
        });
    }

    void give(Session& session, const std::string& principal, const std::string& scope) const {
        rbac::RoleAssignment assignment;
        assignment.name = new_guid(session.random);
        assignment.scope = scope;
        assignment.role_definition_id = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
        assignment.principal_id = principal;
        assignment.principal_type = "User";
        session.rbac.save(assignment);
    }

    std::string ann;
};

std::string refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.message();
    }
    return "nothing refused";
}

}  // namespace

TEST_CASE_FIXTURE(SigningIn, "whoever has no role anywhere sees no subscription") {
    as_nobody([&](Session& session) {
        const account::Arrival arrival = account::anybody(session, "ann@contoso.onmicrosoft.com");
        CHECK(refusal([&] { account::sign_in(session, arrival, false); }) ==
              "No subscriptions found for ann@contoso.onmicrosoft.com.");
        const std::vector<account::Profile> tenant_level = account::sign_in(session, arrival, true);
        REQUIRE(tenant_level.size() == 1);
        CHECK(tenant_level[0].name == "N/A(tenant level account)");
        CHECK(tenant_level[0].subscription == tenant.id);
    });
}

TEST_CASE_FIXTURE(SigningIn, "a managed identity without role is told of the VM's access") {
    as_nobody([&](Session& session) {
        account::Arrival arrival = account::anybody(session, ann);
        arrival.sign_in = account::SignIn::managed_identity;
        CHECK(refusal([&] { account::sign_in(session, arrival, false); }) ==
              "No access was configured for the VM, hence no subscriptions were found. If this is expected, "
              "use "
              "'--allow-no-subscriptions' to have tenant level access.");
    });
}

TEST_CASE_FIXTURE(SigningIn,
                  "any assignment makes the subscription visible: above, at, or deep inside, or a group's") {
    as_admin([&](Session& session) {
        CHECK(account::visible_subscriptions(session, ann, tenant.id).empty());
        std::string scope;
        SUBCASE("at the subscription") { scope = "/subscriptions/" + subscription; }
        SUBCASE("deep inside") {
            scope = "/subscriptions/" + subscription +
                    "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv";
        }
        SUBCASE("at the root") { scope = "/"; }
        SUBCASE("in another subscription that only begins alike") {
            give(session, ann, "/subscriptions/" + subscription + "0");
            CHECK(account::visible_subscriptions(session, ann, tenant.id).empty());
            scope = "/subscriptions/" + subscription;
        }
        SUBCASE("to a group around the group") {
            const std::string inner = entra::create_group(session, "inner", "inner", "").id;
            const std::string outer = entra::create_group(session, "outer", "outer", "").id;
            entra::add_member(session, inner, ann);
            entra::add_member(session, outer, inner);
            give(session, outer, "/subscriptions/" + subscription);
            scope = "/subscriptions/" + subscription + "/resourceGroups/none";
        }
        give(session, ann, scope);
        CHECK(account::visible_subscriptions(session, ann, tenant.id).size() == 1);
    });
}

TEST_CASE_FIXTURE(SigningIn, "a newcomer takes the subscription over, and is the default there") {
    as_admin([&](Session& session) {
        give(session, ann, "/subscriptions/" + subscription);
        account::sign_in(session, account::anybody(session, ann), false);
        const std::vector<account::Profile> all = session.account.profiles();
        REQUIRE(all.size() == 1);
        CHECK(all[0].user_name == "ann@contoso.onmicrosoft.com");
        CHECK(all[0].is_default);
        account::sign_in(session, account::administrator(session), false);
        CHECK(session.account.profiles().front().user_name == "admin@contoso.onmicrosoft.com");
        CHECK(account::sign_out(session, ""));
        CHECK(session.account.profiles().empty());
        CHECK_FALSE(account::sign_out(session, ""));
    });
}

TEST_CASE_FIXTURE(SigningIn, "a password proves a user, until it must be changed") {
    as_nobody([&](Session& session) {
        const account::Arrival arrival =
            account::user_with_password(session, "", "ann@contoso.onmicrosoft.com", "Passw0rd!x");
        CHECK(arrival.principal_id == ann);
        CHECK(refusal([&] {
                  account::user_with_password(session, "", "ann@contoso.onmicrosoft.com", "Passw0rd!y");
              }).starts_with("AADSTS50126: "));
        CHECK(refusal([&] {
                  account::user_with_password(session, "", "bob@contoso.onmicrosoft.com", "Passw0rd!x");
              }).starts_with("AADSTS50034: "));
    });
    as_admin([&](Session& session) {
        entra::UserChange change;
        change.password = "An0ther!x";
        change.must_change_password = true;
        entra::update_user(session, ann, change);
        CHECK(refusal([&] {
                  account::user_with_password(session, "", "ann@contoso.onmicrosoft.com", "An0ther!x");
              }) == "AADSTS50055: The password is expired.");
        change.must_change_password = false;
        change.password = "Th1rd!xyz";
        entra::update_user(session, ann, change);
        CHECK(account::user_with_password(session, "", "ann@contoso.onmicrosoft.com", "Th1rd!xyz")
                  .principal_id == ann);
    });
}

TEST_CASE_FIXTURE(SigningIn, "an account is chosen by the subscription's id or name") {
    as_admin([&](Session& session) {
        account::choose(session, "AZURE SUBSCRIPTION 1");
        CHECK(session.account.profiles().front().is_default);
        CHECK(refusal([&] { account::choose(session, "nosuch"); }) ==
              "The subscription of 'nosuch' doesn't exist in cloud 'AzureCloud'.");
    });
}

}  // namespace azid::test
