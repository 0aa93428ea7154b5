#include "store/undo.hpp"

#include "core/account/ports.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/crypto/key.hpp"
#include "core/imds/ports.hpp"
#include "core/snapshot/ports.hpp"
#include "store/database.hpp"
#include "support/scratch.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>

namespace azid::test {

namespace {

// A machine whose metadata service is given tokens, each by a transaction of its own as a server does it.
struct Tokens : World {
    Tokens() {
        add_group("rg");
        machine = add_machine("rg", "web", true, {}).text();
    }

    void give(const std::string& token, const std::vector<std::string>& resources = {"vault"}) {
        state().name_work("GET token");
        write_lightly(state(), [&](Session& session) {
            for (const std::string& resource : resources)
                session.imds.save({machine, "principal", resource, token, now, now + std::chrono::hours(1)});
        });
    }
    std::string held(const std::string& resource = "vault") {
        std::string token = "none";
        read(state(), [&](Session& session) {
            if (const auto found = session.imds.find_token(machine, "principal", resource))
                token = found->access_token;
        });
        return token;
    }
    void command(const std::string& value) {
        state().name_work("azid config set " + value);
        as_admin([&](Session& session) { session.account.save_setting("test", "value", value); });
    }
    std::string kept() {
        store::Database database(state().path(), store::Access::read_write, std::chrono::milliseconds(1));
        return database.text(
            "SELECT group_concat(number || ' ' || is_note || ' ' || length(changes), ', ') "
            "FROM (SELECT * FROM undo_log ORDER BY number DESC LIMIT 2)");
    }
    std::string undo() { return state().file().undo().name; }

    std::string machine;
};

}  // namespace

TEST_CASE_FIXTURE(Tokens, "a token in place of one that is noted needs no further note") {
    command("a");
    give("first");
    const std::string once = kept();
    for (int i = 0; i < 5; ++i) give("token " + std::to_string(i));
    CHECK(kept() == once);
    CHECK(held() == "token 4");
    give("more", {"vault", "storage"});
    CHECK(kept() != once);
    const std::string both = kept();
    give("last", {"storage", "vault"});
    CHECK(kept() == both);
    CHECK(undo() == "azid config set a");
    CHECK(held() == "none");
    CHECK(held("storage") == "none");
}

TEST_CASE_FIXTURE(Tokens,
                  "a command is taken back with the tokens that were fetched after it, noted or not") {
    give("before");
    give("before all");
    command("a");
    give("between");
    give("between as well");
    command("b");
    give("after");
    give("after all");
    CHECK(undo() == "azid config set b");
    CHECK(held() == "between as well");
    CHECK(noted_value(state(), "value") == "a");
    CHECK(undo() == "azid config set a");
    CHECK(held() == "before all");
    CHECK(noted_value(state(), "value") == "none");
}

TEST_CASE_FIXTURE(Tokens, "tokens that were dropped in between come back") {
    command("a");
    give("first");
    give("second");
    state().name_work("azid vm identity remove");
    as_admin([&](Session& session) {
        session.imds.forget_tokens(machine, "principal");
        session.account.save_setting("test", "value", "removed");
    });
    give("third");
    CHECK(undo() == "azid vm identity remove");
    CHECK(held() == "second");
    CHECK(undo() == "azid config set a");
    CHECK(held() == "none");
}

TEST_CASE_FIXTURE(Tokens, "what else a request for a token changes is noted with it") {
    command("a");
    give("first");
    const std::string once = kept();
    state().name_work("GET token");
    write_lightly(state(), [&](Session& session) {
        session.account.save_setting("test", "value", "by the way");
        session.imds.save({machine, "principal", "vault", "second", now, now + std::chrono::hours(1)});
    });
    CHECK(kept() != once);
}

}  // namespace azid::test
