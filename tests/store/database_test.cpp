#include "store/database.hpp"

#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "store/query.hpp"
#include "store/state.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

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

}  // namespace azid::test
