#include "store/state.hpp"

#include "core/account/ports.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/entra/ports.hpp"
#include "core/events/ports.hpp"
#include "store/database.hpp"
#include "store/file.hpp"
#include "store/schema.hpp"
#include "support/child.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace azid::test {

namespace {

constexpr std::chrono::milliseconds impatient(1);

unsigned mode_of(const std::string& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 07777u : 0u;
}

// What opening says.
std::string refusal(const std::string& path) {
    try {
        store::open_state(path, impatient);
    } catch (const Error& error) {
        CHECK(error.fault().code == fault::state.code);
        return error.message();
    }
    return "opened";
}

void make_database(const std::string& path, const char* sql) {
    write_file(path, "");
    store::Database(path, store::Access::read_write, impatient).execute(sql);
}

}  // namespace

TEST_CASE("a new state file and its folders are the user's alone") {
    const ScratchFolder folder;
    const std::string path = folder.file("deep/er/state.db");
    const std::unique_ptr<State> state = store::open_state(path);
    CHECK(state->is_new());
    CHECK(state->path() == path);
    note_value(*state, "a", "1");
    CHECK(mode_of(folder.file("deep")) == 0700);
    CHECK(mode_of(folder.file("deep/er")) == 0700);
    CHECK(mode_of(path) == 0600);
    CHECK(mode_of(path + "-wal") == 0600);
    CHECK(mode_of(path + "-shm") == 0600);
}

TEST_CASE("an empty file becomes a state file, and private") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    write_file(path, "");
    std::filesystem::permissions(path, std::filesystem::perms(0644));
    store::open_state(path);
    CHECK(mode_of(path) == 0600);
}

TEST_CASE("what was committed is there for the next process, what was not is gone") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    note_value(*store::open_state(path), "kept", "yes");
    {
        const std::unique_ptr<State> state = store::open_state(path);
        const std::unique_ptr<Transaction> transaction = state->begin();
        CountingRandom random;
        KeyPool keys;
        Session session = transaction->session({}, test_instant(), random, keys);
        session.account.save_setting("test", "kept", "no");
        CHECK(session.account.setting("test", "kept") == "no");
    }
    CHECK(noted_value(*store::open_state(path), "kept") == "yes");
}

TEST_CASE("a transaction that only reads refuses to save, and later ones do not") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    CHECK_THROWS_AS(read(*state, [](Session& session) { session.account.save_setting("test", "a", "1"); }),
                    Error);
    note_value(*state, "a", "2");
    CHECK(noted_value(*state, "a") == "2");
}

TEST_CASE("a reader sees the state as of its beginning, and does not hold up the writer") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    const std::unique_ptr<State> reader = store::open_state(path, impatient);
    const std::unique_ptr<State> writer = store::open_state(path, impatient);
    note_value(*writer, "a", "1");
    read(*reader, [&](Session& session) {
        CHECK(session.account.setting("test", "a") == "1");
        note_value(*writer, "a", "2");
        CHECK(session.account.setting("test", "a") == "1");
    });
    CHECK(noted_value(*reader, "a") == "2");
}

TEST_CASE("what is committed lightly is there for the next program, and for the one that could not begin") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    const std::unique_ptr<State> first = store::open_state(path);
    const std::unique_ptr<State> second = store::open_state(path, impatient);
    {
        const std::unique_ptr<Transaction> transaction = first->begin();
        CHECK_THROWS_AS(second->begin_lightly(), Error);
    }
    write_lightly(*second, [](Session& session) { session.account.save_setting("test", "a", "1"); });
    CHECK(noted_value(*first, "a") == "1");
    CHECK(noted_value(*store::open_state(path), "a") == "1");
    note_value(*second, "a", "2");
    CHECK(noted_value(*first, "a") == "2");
}

TEST_CASE("a second writer is told that the state is in use") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    const std::unique_ptr<State> first = store::open_state(path);
    const std::unique_ptr<State> second = store::open_state(path, impatient);
    const std::unique_ptr<Transaction> transaction = first->begin();
    try {
        second->begin();
        FAIL("two writers at once");
    } catch (const Error& error) {
        CHECK(error.message() ==
              fmt::format("The state file '{}' is in use by another azid or SQLite program, and "
                          "waiting did not help. Try again when that is done.",
                          path));
    }
}

TEST_CASE("files that are not ours are refused and left as they are") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    SUBCASE("text") {
        write_file(path, std::string(5000, 'x'));
        const std::string before = contents(path);
        CHECK(refusal(path) ==
              fmt::format("'{}' is not a state file of azid, nor any SQLite database. It was left as "
                          "it is; choose another file with --state.",
                          path));
        CHECK(contents(path) == before);
    }
    SUBCASE("another program's database") {
        make_database(path, "CREATE TABLE bookmarks (url)");
        const std::string before = contents(path);
        CHECK(refusal(path) ==
              fmt::format("'{}' is a SQLite database of another program, not a state file of azid. It "
                          "was left as it is; choose another file with --state.",
                          path));
        CHECK(contents(path) == before);
    }
    SUBCASE("a newer azid's") {
        { store::open_state(path); }
        store::Database(path, store::Access::read_write, impatient).execute("PRAGMA user_version = 999");
        CHECK(refusal(path) ==
              fmt::format(
                  "The state file '{}' was made by a newer azid: its version is 999, and this azid knows "
                  "versions up to {}. Use the newer azid, or choose another file with --state.",
                  path, store::migrations().back().version));
    }
    SUBCASE("a folder") {
        CHECK(refusal(folder.path()) ==
              fmt::format("'{}' is a folder. Name a file with --state.", folder.path()));
    }
    SUBCASE("a device") {
        CHECK(refusal("/dev/null") == "'/dev/null' is not a regular file. Name another with --state.");
    }
    SUBCASE("below a file") {
        write_file(path, "");
        CHECK(refusal(path + "/state.db") ==
              fmt::format("The state file '{}/state.db' cannot be opened: Not a directory.", path));
    }
    SUBCASE("nothing") { CHECK(refusal("") == "The state file's name is empty. Name a file with --state."); }
}

TEST_CASE("a damaged state file is refused") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    {
        const std::unique_ptr<State> state = store::open_state(path);
        state->checkpoint();
    }
    std::string bytes = contents(path);
    bytes.replace(100, bytes.size() - 100, bytes.size() - 100, '\x5a');
    write_file(path, bytes);
    CHECK(refusal(path) ==
          fmt::format("The state file '{}' is damaged. Restore a copy of it, or make a new one: move "
                      "it away and run 'azid state init'.",
                      path));
}

TEST_CASE("a state file is reached through a link as well") {
    const ScratchFolder folder;
    std::filesystem::create_symlink("real.db", folder.file("link.db"));
    for (const char* value : {"1", "2", "3"})
        note_value(*store::open_state(folder.file("link.db")), "a", value);
    CHECK(noted_value(*store::open_state(folder.file("real.db")), "a") == "3");
    CHECK(noted_value(*store::open_state(folder.file("link.db")), "a") == "3");
}

TEST_CASE("a file without permission to write can be read") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    const auto tries = [&] {
        const std::unique_ptr<State> state = store::open_state(path, impatient);
        state->checkpoint();
        std::string answer = noted_value(*state, "a");
        try {
            note_value(*state, "a", "2");
            answer += ", and written";
        } catch (const Error& error) {
            answer += ", " + error.message();
        }
        return answer;
    };
    const std::string expected = fmt::format(
        "1, The state file '{}' cannot be changed: the file or its folder is read-only. Make both "
        "writable, or choose another file with --state.",
        path);
    {
        const std::unique_ptr<State> state = store::open_state(path);
        note_value(*state, "a", "1");
        state->checkpoint();
    }
    SUBCASE("alone, in a read-only folder") {
        std::filesystem::remove(path + "-wal");
        std::filesystem::remove(path + "-shm");
        give_away(path, 0400);
        give_away(folder.path(), 0500);
        CHECK(Child(tries, true).answer() == expected);
    }
    SUBCASE("with its log, in a read-only folder") {
        for (const char* suffix : {"", "-wal", "-shm"}) give_away(path + suffix, 0400);
        give_away(folder.path(), 0500);
        CHECK(Child(tries, true).answer() == expected);
    }
    SUBCASE("with a log that holds the newest change, in a read-only folder") {
        note_value(*store::open_state(path), "a", "0");
        note_value(*store::open_state(path), "a", "1");
        for (const char* suffix : {"", "-wal", "-shm"}) give_away(path + suffix, 0400);
        give_away(folder.path(), 0500);
        const auto reads = [&] { return noted_value(*store::open_state(path, impatient), "a"); };
        CHECK(Child(reads, true).answer() == "1");
    }
    SUBCASE("in a folder that can be written") {
        for (const char* suffix : {"", "-wal", "-shm"}) give_away(path + suffix, 0400);
        give_away(folder.path(), 0700);
        CHECK(Child(tries, true).answer() == expected);
    }
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0700));
}

TEST_CASE("a file without permission to read, or a place without permission to make one, is said so") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    const auto tries = [&] { return refusal(path); };
    SUBCASE("an unreadable file") {
        { store::open_state(path); }
        give_away(path, 0000);
        give_away(folder.path(), 0700);
    }
    SUBCASE("a read-only folder") { give_away(folder.path(), 0500); }
    CHECK(Child(tries, true).answer() ==
          fmt::format("You have no permission to use the state file '{}'.", path));
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0700));
}

TEST_CASE("several processes that make the same state at once get one and the same") {
    const ScratchFolder folder;
    const std::string path = folder.file("new/state.db");
    StartLine line;
    const auto makes = [&] {
        line.wait();
        const std::unique_ptr<State> state = store::open_state(path);
        const std::unique_ptr<Transaction> transaction = state->begin();
        if (!state->is_new()) return std::string("found ");
        CountingRandom random;
        KeyPool keys;
        Session session = transaction->session({}, test_instant(), random, keys);
        session.entra.save(entra::Tenant{"t", "Contoso", "contoso.onmicrosoft.com"});
        transaction->commit();
        return std::string("seeded ");
    };
    std::vector<std::unique_ptr<Child>> children;
    for (int i = 0; i < 6; ++i) children.push_back(std::make_unique<Child>(makes));
    line.go();
    std::vector<std::string> answers;
    for (const std::unique_ptr<Child>& child : children) answers.push_back(child->answer());
    std::sort(answers.begin(), answers.end());
    CHECK(fmt::format("{}", fmt::join(answers, "")) == "found found found found found seeded ");
}

TEST_CASE("several processes that write at once lose none of each other's changes") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    note_value(*store::open_state(path), "count", "0");
    StartLine line;
    const auto counts = [&] {
        line.wait();
        const std::unique_ptr<State> state = store::open_state(path, std::chrono::seconds(60));
        for (int i = 0; i < 25; ++i)
            write(*state, [](Session& session) {
                const int count = std::stoi(session.account.setting("test", "count").value());
                session.account.save_setting("test", "count", std::to_string(count + 1));
            });
        return std::string();
    };
    std::vector<std::unique_ptr<Child>> children;
    for (int i = 0; i < 4; ++i) children.push_back(std::make_unique<Child>(counts));
    line.go();
    for (const std::unique_ptr<Child>& child : children) CHECK(child->answer().empty());
    CHECK(noted_value(*store::open_state(path), "count") == "100");
}

TEST_CASE("a killed process loses nothing it had committed, and leaves nothing half done") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    int first = 0;
    for (int round = 0; round < 8; ++round) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        Child child([&] {
            const std::unique_ptr<State> state = store::open_state(path);
            for (int i = first + 1;; ++i) {
                write(*state, [&](Session& session) {
                    session.account.save_setting("test", "first", std::to_string(i));
                    for (int j = 0; j < 20; ++j) session.note("arm", "step " + std::to_string(i), "");
                    session.account.save_setting("test", "second", std::to_string(i));
                });
                if (::write(ends[1], &i, sizeof i) != sizeof i) return std::string();
            }
        });
        int acknowledged = 0;
        while (acknowledged < first + 10 + round)
            REQUIRE(::read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged);
        child.kill();
        ::close(ends[1]);
        for (int more = 0; ::read(ends[0], &more, sizeof more) == sizeof more;) acknowledged = more;
        ::close(ends[0]);
        const std::unique_ptr<State> state = store::open_state(path);
        first = std::stoi(noted_value(*state, "first"));
        CHECK(first >= acknowledged);
        CHECK(first <= acknowledged + 1);
        CHECK(std::stoi(noted_value(*state, "second")) == first);
        read(*state, [&](Session& session) {
            CHECK(session.events.latest(1'000'000).size() == static_cast<std::size_t>(first) * 20);
        });
    }
    CHECK_FALSE(std::filesystem::exists(path + "-wal.old"));
}

TEST_CASE("a full disk is said so, and nothing of the transaction stays") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    { store::open_state(path); }
    store::Database database(path, store::Access::read_write, impatient);
    database.execute("PRAGMA max_page_count = 1");  // what there is, and no page more
    database.execute("BEGIN IMMEDIATE");
    database.execute("INSERT INTO settings VALUES ('test', 'small', '1')");
    try {
        database.execute("INSERT INTO settings VALUES ('test', 'big', hex(zeroblob(1000000)))");
        FAIL("the disk was not full");
    } catch (const Error& error) {
        CHECK(error.message() ==
              fmt::format("No space is left for the state file '{}'. Nothing was saved; free some "
                          "space and try again.",
                          path));
    }
    database.rollback();
    CHECK(database.number("SELECT count(*) FROM settings") == 0);
}

TEST_CASE("on a disk that really is full nothing committed is lost, and with space again work goes on") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    Child child([&]() -> std::string {
        if (!leave_mounts()) return "no disk";
        if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=1200k") != 0) return "no disk";
        write_file(folder.file("ballast"), std::string(400'000, 'x'));
        const std::unique_ptr<State> state = store::open_state(path, impatient);
        int kept = 0;
        std::string answer = "never full";
        try {
            for (; kept < 100; ++kept) note_value(*state, std::to_string(kept + 1), std::string(20'000, 'v'));
        } catch (const Error& error) {
            answer = error.message();
        }
        int found = 0;
        read(*state,
             [&](Session& session) { found = static_cast<int>(session.account.settings("test").size()); });
        if (found != kept || kept == 0) answer += fmt::format(" ({} of {} left)", found, kept);
        std::filesystem::remove(folder.file("ballast"));
        note_value(*store::open_state(path, impatient), "again", "yes");
        return answer + " " + noted_value(*state, "again");
    });
    const std::string answer = child.answer();
    if (answer == "no disk") {
        MESSAGE("skipped: no small file system can be mounted here");
        return;
    }
    CHECK(answer ==
          fmt::format("No space is left for the state file '{}'. Nothing was saved; free some space and try "
                      "again. yes",
                      path));
}

TEST_CASE("a disk too small for a new state says so") {
    const ScratchFolder folder;
    Child child([&]() -> std::string {
        if (!leave_mounts()) return "no disk";
        std::string answers;
        for (const char* size : {"size=4k", "size=40k", "size=200k"}) {
            if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, size) != 0) return "no disk";
            answers += refusal(folder.file("state.db")).substr(0, 17) + ";";
            ::umount(folder.path().c_str());
        }
        return answers;
    });
    const std::string answer = child.answer();
    if (answer == "no disk") {
        MESSAGE("skipped: no small file system can be mounted here");
        return;
    }
    CHECK(answer == "No space is left ;No space is left ;No space is left ;");
}

TEST_CASE("a change that contradicts what is stored is refused when it commits") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    const auto orphan = [](Session& session) {
        session.arm.save(arm::Group{"no-such-subscription", "rg", "westeurope", "", "", session.now});
    };
    try {
        write(*state, orphan);
        FAIL("committed");
    } catch (const Error& error) {
        CHECK(error.message() ==
              fmt::format("The change would contradict what the state file '{}' holds (a row of "
                          "resource_groups needs one of subscriptions). Nothing was saved.",
                          state->path()));
    }
    note_value(*state, "a", "1");
    read(*state, [](Session& session) { CHECK(session.arm.groups("no-such-subscription").empty()); });
}

TEST_CASE("erasing everything makes the state new again, unless it is rolled back") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    write(*state, [](Session& session) {
        session.entra.save(entra::Tenant{"t", "Contoso", "contoso.onmicrosoft.com"});
        session.arm.save(arm::Subscription{"s", "Lessons", "t", "Enabled"});
    });
    state->begin()->erase_everything();
    CHECK_FALSE(state->is_new());
    const std::unique_ptr<Transaction> transaction = state->begin();
    transaction->erase_everything();
    CHECK(state->is_new());
    transaction->commit();
    CHECK(state->is_new());
}

}  // namespace azid::test
