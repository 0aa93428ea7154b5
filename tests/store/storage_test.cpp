#include "core/storage/ports.hpp"

#include "store/state.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

namespace azid::test {

namespace {

struct StorageState {
    StorageState() : state(store::open_state(folder.file("state.db"))) {
        write(*state, [](Session& session) {
            session.storage.claim_account("account1", "/id");
            session.storage.save(storage::Container{"account1", "photos", R"({"a":"b"})", "e1", session.now});
        });
    }
    ScratchFolder folder;
    std::unique_ptr<State> state;
};

storage::Blob blob(const std::string& name, const std::string& content) {
    return {"account1",
            "photos",
            name,
            content,
            "image/png",
            R"({"k":"v"})",
            R"({"cacheControl":"no-cache"})",
            R"({"a":"b"})",
            "Cool",
            "e2",
            test_instant(),
            test_instant()};
}

}  // namespace

TEST_CASE_FIXTURE(StorageState, "an account's name can be taken once") {
    write(*state, [](Session& session) {
        CHECK_FALSE(session.storage.claim_account("ACCOUNT1", "/other"));
        CHECK(session.storage.find_account("Account1") == "/id");
        CHECK_FALSE(session.storage.find_account("account2"));
    });
}

TEST_CASE_FIXTURE(StorageState,
                  "a blob comes back whole, whatever its bytes, and its name keeps to its case") {
    const std::string bytes("\0\xff\x80 text", 8);
    write(*state, [&](Session& session) {
        session.storage.save(blob("a/B.png", "before"));
        session.storage.save(blob("a/B.png", bytes));
        session.storage.save(blob("a/b.png", ""));
    });
    read(*state, [&](Session& session) {
        const std::optional<storage::Blob> found = session.storage.find_blob("account1", "photos", "a/B.png");
        REQUIRE(found);
        CHECK((found->content == bytes));
        CHECK(found->content_type == "image/png");
        CHECK(found->metadata == R"({"k":"v"})");
        CHECK(found->settings == R"({"cacheControl":"no-cache"})");
        CHECK(found->tags == R"({"a":"b"})");
        CHECK(found->tier == "Cool");
        CHECK(found->etag == "e2");
        CHECK(found->created == test_instant());
        CHECK(found->changed == test_instant());
        CHECK(session.storage.find_blob("account1", "photos", "a/b.png")->content.empty());
        CHECK_FALSE(session.storage.find_blob("account1", "photos", "A/B.PNG"));
        CHECK(session.storage.blobs("account1", "photos").size() == 2);
    });
}

TEST_CASE_FIXTURE(StorageState, "blobs go with their container, containers with their account") {
    write(*state, [](Session& session) {
        CHECK(session.storage.find_container("account1", "photos")->metadata == R"({"a":"b"})");
        session.storage.save(blob("a", "x"));
        session.storage.save(blob("b", "x"));
        session.storage.erase_blob("account1", "photos", "b");
        CHECK(session.storage.blobs("account1", "photos").size() == 1);
        session.storage.erase_container("account1", "photos");
        CHECK(session.storage.blobs("account1", "photos").empty());
        session.storage.save(storage::Container{"account1", "other", "", "", session.now});
        CHECK(session.storage.containers("account1").size() == 1);
        session.storage.erase_account("account1");
        CHECK(session.storage.containers("account1").empty());
    });
}

}  // namespace azid::test
