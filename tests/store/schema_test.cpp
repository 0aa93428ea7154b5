#include "store/schema.hpp"

#include "core/base/error.hpp"
#include "store/database.hpp"
#include "store/query.hpp"
#include "store/steps.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>

namespace azid::test {

namespace {

using store::Migration;

constexpr std::array old_steps{
    Migration{1, "CREATE TABLE things (name TEXT); INSERT INTO things VALUES ('old');"},
};
constexpr std::array new_steps{
    old_steps[0],
    Migration{2, "ALTER TABLE things ADD COLUMN size INTEGER DEFAULT 7"},
    Migration{3, "INSERT INTO things VALUES ('new', 8)"},
};
constexpr std::array broken_steps{
    old_steps[0],
    Migration{2, "CREATE TABLE more (name TEXT); INSERT INTO nowhere VALUES (1)"},
};

struct Fixture {
    Fixture() {
        write_file(folder.file("x.db"), "");
        database.emplace(folder.file("x.db"), store::Access::read_write, std::chrono::milliseconds(1));
    }
    ScratchFolder folder;
    std::optional<store::Database> database;
};

constexpr const char* schema_of =
    "SELECT group_concat(type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '-'), char(10)) "
    "FROM (SELECT * FROM sqlite_schema ORDER BY type, name)";

// What makes the tables of this file, in the order in which they were made.
std::string tables_in(store::Database& database) {
    std::string text =
        "-- All tables as the migrations leave them. Generated: AZID_UPDATE_SCRIPTS=1 azid_tests "
        "-tc=\"*at once*\"\n";
    text += "-- version " + std::to_string(store::migrations().back().version) + "\n";
    std::string sql;
    store::Query query(database, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
    while (query.next()) {
        query.into(sql);
        text += sql + ";\n";
    }
    return text +
           "INSERT INTO state_file SELECT mark, mark, 1, 0\n  FROM (SELECT 'azid-mark:' || "
           "lower(hex(randomblob(16))) AS mark);\n";
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "the tables made at once are those of all migrations") {
    store::migrate(*database, store::migrations());
    if (std::getenv("AZID_UPDATE_SCRIPTS") != nullptr)
        write_file(AZID_SOURCE_DIR "/store/tables_now.sql", tables_in(*database));
    write_file(folder.file("y.db"), "");
    store::Database other(folder.file("y.db"), store::Access::read_write, std::chrono::milliseconds(1));
    store::migrate(other, store::migrations(), store::tables_at_once());
    CHECK(other.text(schema_of) == database->text(schema_of));
    CHECK(other.number("SELECT count(*) FROM state_file") == 1);
    CHECK(store::tables_at_once().version == store::migrations().back().version);
}

TEST_CASE_FIXTURE(Fixture, "an older file is brought up to date step by step, keeping its rows") {
    CHECK_FALSE(store::is_current(*database, old_steps));
    store::migrate(*database, old_steps);
    CHECK(store::is_current(*database, old_steps));
    CHECK_FALSE(store::is_current(*database, new_steps));
    store::migrate(*database, new_steps);
    CHECK(database->text("SELECT group_concat(name || size, ' ') FROM things") == "old7 new8");
    store::migrate(*database, new_steps);
    CHECK(database->number("SELECT count(*) FROM things") == 2);
}

TEST_CASE_FIXTURE(Fixture, "a file newer than the program is refused") {
    store::migrate(*database, new_steps);
    CHECK_THROWS_AS(store::is_current(*database, old_steps), Error);
    CHECK_THROWS_AS(store::migrate(*database, old_steps), Error);
}

TEST_CASE_FIXTURE(Fixture, "a migration that fails changes nothing") {
    store::migrate(*database, old_steps);
    CHECK_THROWS_AS(store::migrate(*database, broken_steps), Error);
    CHECK(database->number("PRAGMA user_version") == 1);
    CHECK(database->number("SELECT count(*) FROM sqlite_schema WHERE name = 'more'") == 0);
    CHECK(store::is_current(*database, old_steps));
}

TEST_CASE_FIXTURE(Fixture, "the tables say of themselves what they are for") {
    store::migrate(*database, store::migrations());
    const std::string sql = database->text("SELECT sql FROM sqlite_schema WHERE name = 'role_assignments'");
    CHECK(sql.find("-- Who has which role, and where.") != std::string::npos);
    CHECK(database->text("PRAGMA integrity_check") == "ok");
}

TEST_CASE_FIXTURE(Fixture,
                  "a file of version 3 keeps its role assignments, and finds them by scope and principal") {
    store::migrate(*database, store::migrations().first(3));
    database->execute(R"(
        INSERT INTO role_definitions VALUES ('r', 'Reader', 'BuiltInRole', '', '[]', '["/"]', NULL, '', '', NULL, NULL);
        INSERT INTO role_assignments (name, scope, role_definition, principal_id, principal_type, created, updated)
          VALUES ('a', '/X', 'r', 'p', 'User', '', ''), ('b', '/X', 'r', 'q', 'User', '', '');
        INSERT INTO tenants VALUES ('t', 'Contoso', 'contoso.onmicrosoft.com');
        INSERT INTO subscriptions (id, tenant_id, name, state) VALUES ('s', 't', 'Lessons', 'Enabled');
        INSERT INTO resources (id, subscription_id, type, name, created, changed, properties) VALUES
          ('/X/web', 's', 'Microsoft.Compute/virtualMachines', 'web', '', '',
           '{"networkProfile":{"networkInterfaces":[{"id":"/X/one"},{"id":"/X/two"}]}}'),
          ('/X/plain', 's', 'Microsoft.Compute/virtualMachines', 'plain', '', '', NULL);)");
    store::migrate(*database, store::migrations());
    CHECK(database->text("PRAGMA integrity_check") == "ok");
    CHECK(database->text("SELECT group_concat(name) FROM role_assignments") == "a,b");
    const std::string plan =
        "EXPLAIN QUERY PLAN SELECT name FROM role_assignments WHERE scope = '/x' AND principal_id = 'P'";
    store::Query query(*database, plan);
    snapshot::Row row;
    REQUIRE(query.next());
    query.into(row);
    CHECK(std::get<std::string>(row.back()) ==
          "SEARCH role_assignments USING INDEX role_assignments_by_scope (scope=? AND principal_id=?)");
}

TEST_CASE_FIXTURE(
    Fixture,
    "a file of version 5 keeps the steps of its commands, and those from before there was a journal") {
    store::migrate(*database, store::migrations().first(5));
    database->execute(R"(
        INSERT INTO journal (id, at, kind, line, correlation, status) VALUES
          (7, '2026-01-02T00:00:00.000000Z', 'command', 'azid group create', 'c', 'Succeeded'),
          (8, '2026-01-03T00:00:00.000000Z', 'command', 'azid nothing', 'd', 'Succeeded');
        INSERT INTO events (at, system, what, actor, subject, details, journal_id, actor_name, sender, receiver) VALUES
          ('2026-01-01T00:00:00.000000Z', 'arm', 'old', 'who', '/x', NULL, NULL, NULL, NULL, NULL),
          ('2026-01-02T00:00:00.000000Z', 'arm', 'first', 'who', '/x', '{"a":[null,1.0],"b":null}', 7, 'name', 'client', 'arm'),
          ('2026-01-02T00:00:01.000000Z', 'rbac', 'second', NULL, NULL, 'no JSON', 7, NULL, 'arm', 'rbac');)");
    store::migrate(*database, store::migrations());
    CHECK(database->text("PRAGMA integrity_check") == "ok");
    CHECK(database->number("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%events%'") == 0);
    const auto steps = [&](int run) {
        return store::steps_of(database->text("SELECT steps FROM journal WHERE id = " + std::to_string(run)),
                               Instant(), run);
    };
    REQUIRE(steps(0).size() == 1);
    CHECK(steps(0).front().what == "old");
    CHECK(utc_seconds(steps(0).front().at) == "2026-01-01T00:00:00Z");
    REQUIRE(steps(7).size() == 2);
    CHECK(steps(7)[0].details == R"({"a":[null,1.0],"b":null})");
    CHECK(steps(7)[0].actor_name == "name");
    CHECK(steps(7)[1].what == "second");
    CHECK(steps(7)[1].actor.empty());
    CHECK(steps(7)[1].details.empty());
    CHECK(steps(7)[1].receiver == "rbac");
    CHECK(steps(8).empty());
    CHECK(database->text("SELECT line FROM journal WHERE id = 0").empty());
}

TEST_CASE_FIXTURE(Fixture, "user-assigned identities are seen with their principals") {
    store::migrate(*database, store::migrations());
    database->execute(R"(
        INSERT INTO tenants VALUES ('t', 'Contoso', 'contoso.onmicrosoft.com');
        INSERT INTO subscriptions (id, tenant_id, name, state) VALUES ('s', 't', 'Lessons', 'Enabled');
        INSERT INTO resources (id, subscription_id, type, name, created, changed) VALUES
          ('/X/app', 's', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'app', '', ''),
          ('/X/web', 's', 'Microsoft.Compute/virtualMachines', 'web', '', '');
        INSERT INTO service_principals VALUES ('p', 't', 'c', 'app', 'ManagedIdentity', '/x/APP', 1, 1, '', NULL);)");
    CHECK(database->text("SELECT group_concat(name || ' ' || principal_id || ' ' || client_id) "
                         "FROM user_assigned_identities") == "app p c");
}

}  // namespace azid::test
