#include "store/database.hpp"

#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/entra/ports.hpp"
#include "store/query.hpp"
#include "store/state.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace azid::test {

namespace {

constexpr std::chrono::milliseconds impatient(1);

void save(store::Database& database, std::string_view value) {
    store::Query(database, "INSERT INTO t (value) VALUES (?)").bind(value).run();
}

// How often statements that are kept had to be prepared once more; a pragma always is.
int prepared_anew(store::Database& database) {
    int count = 0;
    for (sqlite3_stmt* one = nullptr; (one = sqlite3_next_stmt(database.handle(), one)) != nullptr;)
        if (!std::string_view(sqlite3_sql(one)).starts_with("PRAGMA"))
            count += sqlite3_stmt_status(one, SQLITE_STMTSTATUS_REPREPARE, 0);
    return count;
}

}  // namespace

TEST_CASE("a statement is compiled once, whatever values it is asked with beside a partial index") {
    const ScratchFolder folder;
    write_file(folder.file("x.db"), "");
    store::Database database(folder.file("x.db"), store::Access::read_write, impatient);
    database.execute("CREATE TABLE t (value TEXT, other TEXT)");
    database.execute("CREATE INDEX some ON t (other) WHERE value = 'a'");
    for (const char* value : {"a", "b", "a"}) {
        store::Query query(database, "SELECT other FROM t WHERE value = ?");
        CHECK(!query.bind(value).next());
    }
    CHECK(prepared_anew(database) == 0);
}

TEST_CASE("a connection that refuses writing reads, says so, and writes again") {
    const ScratchFolder folder;
    write_file(folder.file("x.db"), "");
    store::Database database(folder.file("x.db"), store::Access::read_write, impatient);
    database.execute("CREATE TABLE t (value TEXT)");
    for (int round = 0; round < 3; ++round) {
        database.refuse_writing(true);
        CHECK(database.refuses_writing());
        CHECK(database.number("SELECT count(*) FROM t") == round);
        std::string told;
        try {
            save(database, "refused");
        } catch (const Error& error) {
            CHECK(error.fault().code == fault::state.code);
            told = error.message();
        }
        CHECK(told.find("read-only") != std::string::npos);
        database.refuse_writing(false);
        CHECK(!database.refuses_writing());
        save(database, "kept");
    }
    CHECK(database.number("SELECT count(*) FROM t WHERE value = 'kept'") == 3);
    CHECK(prepared_anew(database) == 0);
}

TEST_CASE(
    "what a connection waits for is changed between transactions, and tried again where it could not be") {
    const ScratchFolder folder;
    write_file(folder.file("x.db"), "");
    store::Database database(folder.file("x.db"), store::Access::read_write, impatient);
    const auto manner = [&] { return database.number("PRAGMA synchronous"); };
    constexpr std::int64_t normal = 1;
    constexpr std::int64_t full = 2;
    CHECK(manner() == full);
    database.wait_for_disk(false);
    CHECK(manner() == normal);
    database.begin_writing();
    database.wait_for_disk(true);
    database.rollback();
    CHECK(manner() == normal);
    database.wait_for_disk(true);
    CHECK(manner() == full);
}

TEST_CASE("a transaction that only reads keeps nothing, whoever tries") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    write(*state, [](Session& session) { session.account.save_setting("test", "a", "1"); });
    const auto save_while_reading = [&] {
        read(*state, [](Session& session) { session.account.save_setting("test", "a", "2"); });
    };
    CHECK_THROWS_AS(save_while_reading(), Error);
    read(*state, [](Session& session) { CHECK(session.account.setting("test", "a") == "1"); });
    write(*state, [](Session& session) { session.account.save_setting("test", "a", "3"); });
    read(*state, [](Session& session) { CHECK(session.account.setting("test", "a") == "3"); });
}

TEST_CASE("what is remembered is read anew once anybody has changed it") {
    const ScratchFolder folder;
    const std::unique_ptr<State> others = store::open_state(folder.file("state.db"));
    const std::unique_ptr<State> own = store::open_state(folder.file("state.db"));
    own->remember();
    const auto call = [](Session& session, const char* name) {
        session.entra.save(entra::Tenant{"t", name, "contoso.onmicrosoft.com"});
    };
    const auto called = [](Session& session) { return session.entra.find_tenant("t")->display_name; };
    const auto remembered = [&] {
        std::string name;
        write_lightly(*own, [&](Session& session) { name = called(session); });
        return name;
    };
    for (const char* const name : {"one", "two", "three"}) {
        write(*others, [&](Session& session) { call(session, name); });
        CHECK(remembered() == name);
        CHECK(remembered() == name);
    }
    write_lightly(*own, [&](Session& session) {
        CHECK(called(session) == "three");
        call(session, "four");
        CHECK(called(session) == "four");
    });
    CHECK(remembered() == "four");
    const auto change_in_vain = [&](Session& session) {
        call(session, "five");
        CHECK(called(session) == "five");
        throw std::runtime_error("before the commit");
    };
    CHECK_THROWS(write_lightly(*own, change_in_vain));
    CHECK(remembered() == "four");
}

}  // namespace azid::test
