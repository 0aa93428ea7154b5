#include "core/entra/ports.hpp"

#include "core/base/error.hpp"
#include "core/msi/ports.hpp"
#include "store/state.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace azid::test {

namespace {

using entra::PrincipalType;

entra::ServicePrincipal service_principal(const std::string& id) {
    entra::ServicePrincipal principal;
    principal.id = id;
    principal.tenant_id = "t1";
    principal.app_id = "app-" + id;
    principal.display_name = "Display " + id;
    principal.type = "ManagedIdentity";
    principal.names = {"app-" + id, "https://" + id + ".example"};
    principal.created = test_instant();
    return principal;
}

entra::User user(const std::string& id) {
    return {id, "t1", id + "@contoso.com", "User " + id, "", "", "", "", true, test_instant()};
}

entra::DirectoryGroup group(const std::string& id) {
    return {id, "t1", "Group " + id, "", "", test_instant()};
}

std::string sorted(std::vector<std::string> ids) {
    std::sort(ids.begin(), ids.end());
    return fmt::format("{}", fmt::join(ids, " "));
}

struct EntraState {
    EntraState() : state(store::open_state(folder.file("state.db"))) {
        write(*state, [](Session& session) {
            session.entra.save(entra::Tenant{"t1", "Contoso", "contoso.onmicrosoft.com"});
            session.entra.save(entra::Tenant{"t2", "Fabrikam", "fabrikam.onmicrosoft.com"});
        });
    }
    ScratchFolder folder;
    std::unique_ptr<State> state;
};

}  // namespace

TEST_CASE_FIXTURE(EntraState, "a tenant is found by id and by domain") {
    read(*state, [](Session& session) {
        CHECK(session.entra.find_tenant("T1")->display_name == "Contoso");
        CHECK(session.entra.find_tenant("Fabrikam.OnMicrosoft.com")->id == "t2");
        CHECK_FALSE(session.entra.find_tenant("nowhere"));
        CHECK(session.entra.tenants().size() == 2);
    });
}

TEST_CASE_FIXTURE(EntraState,
                  "a service principal comes back whole, by object id, appId or any of its names") {
    write(*state, [](Session& session) {
        entra::ServicePrincipal principal = service_principal("p1");
        principal.resource_id = "/subscriptions/s/resourcegroups/g/providers/A/b/c";
        principal.user_assigned = true;
        principal.enabled = false;
        session.entra.save(principal);
        session.entra.save(service_principal("p2"));
    });
    read(*state, [](Session& session) {
        for (const char* name : {"APP-P1", "HTTPS://p1.example"}) {
            const std::optional<entra::ServicePrincipal> found =
                session.entra.find_service_principal_named("T1", name);
            REQUIRE(found);
            CHECK(found->id == "p1");
            CHECK(found->app_id == "app-p1");
            CHECK(found->display_name == "Display p1");
            CHECK(found->type == "ManagedIdentity");
            CHECK(found->resource_id == "/subscriptions/s/resourcegroups/g/providers/A/b/c");
            CHECK(found->user_assigned);
            CHECK_FALSE(found->enabled);
            CHECK(found->names == std::vector<std::string>{"app-p1", "https://p1.example"});
            CHECK(found->created == test_instant());
        }
        CHECK_FALSE(session.entra.find_service_principal_named("t2", "app-p1"));
        CHECK(session.entra.find_service_principal("P2")->enabled);
        CHECK(session.entra.service_principals("t1").size() == 2);
        CHECK(session.entra.find_principal("P2")->name == "app-p2");
        CHECK(session.entra.find_principal("P2")->type == PrincipalType::service_principal);
    });
}

TEST_CASE_FIXTURE(EntraState, "with a service principal go its names, certificates, memberships and roles") {
    write(*state, [](Session& session) {
        for (const char* id : {"p1", "p2"}) {
            session.entra.save(service_principal(id));
            session.msi.save(
                msi::Certificate{std::string("k-") + id, id, session.now, session.now, "", "", ""});
            session.entra.save(group(std::string("g-") + id));
            session.entra.save(
                entra::Membership{std::string("g-") + id, id, PrincipalType::service_principal});
            session.entra.save(
                entra::DirectoryRoleAssignment{std::string("d-") + id, "t1", id, "template", "/"});
            session.entra.save(
                entra::AppRoleAssignment{std::string("a-") + id, id, "api", "role", "Read.All", session.now});
            session.entra.save(
                entra::Secret{std::string("s-") + id, id, "", "", "hash", session.now, session.now});
        }
        session.entra.erase_service_principal("P1");
    });
    read(*state, [](Session& session) {
        CHECK_FALSE(session.entra.find_principal("p1"));
        CHECK_FALSE(session.entra.find_service_principal_named("t1", "https://p1.example"));
        CHECK(session.msi.certificates("p1").empty());
        CHECK(session.entra.members("g-p1").empty());
        CHECK(session.entra.app_roles_of("p1").empty());
        CHECK(session.entra.secrets("p1").empty());
        CHECK(session.msi.certificates("p2").size() == 1);
        CHECK(session.entra.members("g-p2").size() == 1);
        REQUIRE(session.entra.directory_roles("t1").size() == 1);
        CHECK(session.entra.directory_roles("t1")[0].principal_id == "p2");
        REQUIRE(session.entra.app_roles_of("P2").size() == 1);
        CHECK(session.entra.app_roles_of("P2")[0].app_role_value == "Read.All");
    });
}

TEST_CASE_FIXTURE(EntraState, "a user comes back whole, by object id or user principal name") {
    write(*state, [](Session& session) {
        session.entra.save(entra::User{"U1", "t1", "Ann@contoso.com", "Ann", "A", "N", "ann@mail", "ann",
                                       false, session.now});
    });
    write(*state, [](Session& session) {
        const std::optional<entra::User> found = session.entra.find_user("t1", "ANN@CONTOSO.COM");
        REQUIRE(found);
        CHECK(found->id == "U1");
        CHECK(found->user_principal_name == "Ann@contoso.com");
        CHECK(found->display_name == "Ann");
        CHECK(found->given_name == "A");
        CHECK(found->surname == "N");
        CHECK(found->mail == "ann@mail");
        CHECK(found->mail_nickname == "ann");
        CHECK_FALSE(found->enabled);
        CHECK(session.entra.find_user("t1", "u1"));
        CHECK_FALSE(session.entra.find_user("t2", "u1"));
        CHECK(session.entra.users("t1").size() == 1);
        CHECK(session.entra.find_principal("u1")->name == "Ann@contoso.com");
        session.entra.erase_user("u1");
        CHECK(session.entra.users("t1").empty());
    });
}

TEST_CASE_FIXTURE(EntraState, "two users of one tenant cannot have the same name") {
    CHECK_THROWS_AS(write(*state,
                          [](Session& session) {
                              session.entra.save(user("u1"));
                              entra::User other = user("u2");
                              other.user_principal_name = "U1@CONTOSO.com";
                              session.entra.save(other);
                          }),
                    Error);
    read(*state, [](Session& session) { CHECK(session.entra.users("t1").empty()); });
}

TEST_CASE_FIXTURE(EntraState, "an application is found by object id, appId and identifier URI") {
    write(*state, [](Session& session) {
        session.entra.save(entra::Application{"o1",
                                              "t1",
                                              "a1",
                                              "App",
                                              {"api://a1", "https://app.example"},
                                              R"([{"value":"x"}])",
                                              session.now,
                                              ""});
        session.entra.save(entra::Secret{"k1", "o1", "name", "abc", "hash", session.now, session.now});
    });
    write(*state, [](Session& session) {
        for (const char* id : {"O1", "A1", "API://a1", "https://APP.example"}) {
            const std::optional<entra::Application> found = session.entra.find_application("t1", id);
            REQUIRE(found);
            CHECK(found->identifier_uris == std::vector<std::string>{"api://a1", "https://app.example"});
            CHECK(found->app_roles == R"([{"value":"x"}])");
        }
        CHECK_FALSE(session.entra.find_application("t1", "api://"));
        CHECK_FALSE(session.entra.find_application("t2", "a1"));
        REQUIRE(session.entra.secrets("O1").size() == 1);
        CHECK(session.entra.secrets("O1")[0].hint == "abc");
        session.entra.erase_secret("K1");
        CHECK(session.entra.secrets("o1").empty());
        session.entra.erase_application("o1");
        CHECK(session.entra.applications("t1").empty());
    });
}

TEST_CASE_FIXTURE(EntraState, "groups are followed through groups, and around circles") {
    write(*state, [](Session& session) {
        session.entra.save(user("u1"));
        for (const char* id : {"inner", "middle", "outer", "apart"}) session.entra.save(group(id));
        session.entra.save(entra::Membership{"inner", "u1", PrincipalType::user});
        session.entra.save(entra::Membership{"middle", "INNER", PrincipalType::group});
        session.entra.save(entra::Membership{"outer", "middle", PrincipalType::group});
        session.entra.save(entra::Membership{"inner", "outer", PrincipalType::group});
        CHECK(sorted(session.entra.transitive_groups("U1")) == "inner middle outer");
        CHECK(session.entra.transitive_groups("apart").empty());
        CHECK(session.entra.members("middle")[0].member_type == PrincipalType::group);
        CHECK(session.entra.erase_membership("Middle", "inner"));
        CHECK_FALSE(session.entra.erase_membership("Middle", "inner"));
        CHECK(sorted(session.entra.transitive_groups("u1")) == "inner");
        session.entra.erase_group("INNER");
        CHECK(session.entra.transitive_groups("u1").empty());
        CHECK_FALSE(session.entra.find_group("inner"));
        CHECK(session.entra.find_principal("outer")->name == "Group outer");
        CHECK(session.entra.groups("t1").size() == 3);
    });
}

TEST_CASE_FIXTURE(EntraState, "signing keys come newest first, bytes and all") {
    const std::string der("\x30\x00\xff\x01", 4);
    write(*state, [&](Session& session) {
        session.entra.save(entra::SigningKey{"t1", "old", "pem", der, session.now});
        session.entra.save(entra::SigningKey{"t1", "new", "pem", "", session.now + std::chrono::seconds(1)});
    });
    read(*state, [&](Session& session) {
        REQUIRE(session.entra.signing_keys("T1").size() == 2);
        CHECK(session.entra.signing_keys("t1")[0].kid == "new");
        CHECK((session.entra.signing_keys("t1")[1].certificate == der));
        CHECK(session.entra.signing_keys("t2").empty());
    });
}

}  // namespace azid::test
