#include "core/keyvault/ports.hpp"

#include "store/state.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

namespace azid::test {

namespace {

keyvault::SecretVersion secret(const std::string& vault, const std::string& name,
                               const std::string& version) {
    keyvault::SecretVersion secret;
    secret.vault = vault;
    secret.name = name;
    secret.version = version;
    secret.value = "value of " + version;
    secret.created = secret.updated = test_instant();
    return secret;
}

struct VaultState {
    VaultState() : state(store::open_state(folder.file("state.db"))) {
        write(*state, [](Session& session) {
            session.keyvault.save(keyvault::Vault{"Safe", "/id", "s", "westeurope", {}, {}, ""});
        });
    }
    ScratchFolder folder;
    std::unique_ptr<State> state;
};

}  // namespace

TEST_CASE_FIXTURE(VaultState, "a vault comes back whole, alive and deleted") {
    write(*state, [](Session& session) {
        const std::optional<keyvault::Vault> found = session.keyvault.find_vault("SAFE");
        REQUIRE(found);
        CHECK(found->name == "Safe");
        CHECK(found->resource_id == "/id");
        CHECK(found->subscription == "s");
        CHECK(found->location == "westeurope");
        CHECK_FALSE(found->deleted);
        keyvault::Vault deleted = *found;
        deleted.deleted = session.now;
        deleted.scheduled_purge = session.now + std::chrono::hours(24);
        deleted.resource = "{}";
        session.keyvault.save(deleted);
        REQUIRE(session.keyvault.vaults().size() == 1);
        CHECK(session.keyvault.vaults()[0].deleted == session.now);
        CHECK(session.keyvault.vaults()[0].scheduled_purge == session.now + std::chrono::hours(24));
        CHECK(session.keyvault.vaults()[0].resource == "{}");
    });
}

TEST_CASE_FIXTURE(VaultState, "a secret's version comes back whole, bytes and all") {
    keyvault::SecretVersion saved = secret("safe", "Pass", "v1");
    saved.value = std::string("gr\xc3\xbc\xc3\x9f\0x", 8);
    saved.content_type = "text/plain";
    saved.tags = R"({"a":"b"})";
    saved.enabled = false;
    saved.not_before = test_instant() - std::chrono::hours(1);
    saved.expires = test_instant() + std::chrono::hours(1);
    saved.deleted = test_instant();
    saved.scheduled_purge = test_instant() + std::chrono::hours(2);
    write(*state, [&](Session& session) { session.keyvault.save(saved); });
    read(*state, [&](Session& session) {
        const std::vector<keyvault::SecretVersion> found = session.keyvault.secret_versions("SAFE", "PASS");
        REQUIRE(found.size() == 1);
        CHECK(found[0].name == "Pass");
        CHECK((found[0].value == saved.value));
        CHECK(found[0].content_type == saved.content_type);
        CHECK(found[0].tags == saved.tags);
        CHECK_FALSE(found[0].enabled);
        CHECK((found[0].not_before == saved.not_before));
        CHECK((found[0].expires == saved.expires));
        CHECK((found[0].created == saved.created));
        CHECK((found[0].deleted == saved.deleted));
        CHECK((found[0].scheduled_purge == saved.scheduled_purge));
    });
}

TEST_CASE_FIXTURE(VaultState,
                  "secrets are listed by name, their versions newest first, and go with their vault") {
    write(*state, [](Session& session) {
        session.keyvault.save(secret("safe", "b", "b1"));
        session.keyvault.save(secret("safe", "b", "b2"));  // at the same instant
        keyvault::SecretVersion older = secret("safe", "b", "b0");
        older.created -= std::chrono::hours(1);
        session.keyvault.save(older);
        session.keyvault.save(secret("safe", "A", "a1"));
        std::string listed;
        for (const keyvault::SecretVersion& each : session.keyvault.secrets("safe"))
            listed += each.version + " ";
        CHECK(listed == "a1 b2 b1 b0 ");
        session.keyvault.erase_secret("safe", "B");
        CHECK(session.keyvault.secrets("safe").size() == 1);
        session.keyvault.erase_vault("SAFE");
        CHECK(session.keyvault.secrets("safe").empty());
        CHECK_FALSE(session.keyvault.find_vault("safe"));
    });
}

}  // namespace azid::test
