#include "core/account/ports.hpp"

#include "store/state.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

namespace azid::test {

using account::Profile;
using account::SignIn;

TEST_CASE("signed-in accounts come back whole and in the order they came") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    write(*state, [](Session& session) {
        session.account.save(Profile{"s2", "p1", "u1", SignIn::managed_identity, "MSI", "t", "Two", true});
        session.account.save(Profile{"s1", "p1", "u1", SignIn::service_principal, "", "t", "One", false});
        session.account.save(Profile{"s1", "p2", "u2", SignIn::user, "", "t", "One", false});
        session.account.save(Profile{"S1", "P1", "u1", SignIn::user, "", "t", "Renamed", false});
    });
    write(*state, [](Session& session) {
        const std::vector<Profile> found = session.account.profiles();
        REQUIRE(found.size() == 3);
        CHECK(found[0].subscription == "s2");
        CHECK(found[0].sign_in == SignIn::managed_identity);
        CHECK(found[0].assigned_identity == "MSI");
        CHECK(found[0].is_default);
        CHECK(found[1].name == "Renamed");
        CHECK(found[1].sign_in == SignIn::user);
        CHECK(found[2].user_name == "u2");
        session.account.erase_profiles_of("P1");
        CHECK(session.account.profiles().size() == 1);
        session.account.erase_all_profiles();
        CHECK(session.account.profiles().empty());
    });
}

TEST_CASE("settings are kept by section and name") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    write(*state, [](Session& session) {
        session.account.save_setting("core", "output", "table");
        session.account.save_setting("core", "Output", "json");
        session.account.save_setting("core", "empty", "");
        session.account.save_setting("defaults", "group", "rg");
        CHECK(session.account.setting("core", "output") == "json");
        CHECK(session.account.setting("core", "empty") == "");
        CHECK_FALSE(session.account.setting("core", "group"));
        CHECK(session.account.settings("core").size() == 2);
        session.account.erase_setting("core", "output");
        CHECK_FALSE(session.account.setting("core", "output"));
    });
}

}  // namespace azid::test
