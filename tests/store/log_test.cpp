#include "store/log.hpp"

#include "store/database.hpp"
#include "store/file.hpp"
#include "store/state.hpp"
#include "support/child.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <sys/xattr.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace azid::test {

namespace {

constexpr std::chrono::milliseconds impatient(1);

}  // namespace

TEST_CASE("after a checkpoint a copy of the one file is whole") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    note_value(*state, "a", "1");
    state->checkpoint();
    std::filesystem::copy_file(folder.file("state.db"), folder.file("copy.db"));
    CHECK(noted_value(*store::open_state(folder.file("copy.db")), "a") == "1");
}

TEST_CASE("a copy put in the file's place is what is read from then on") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    const auto restore = [&] {
        std::filesystem::copy_file(folder.file("saved.db"), path,
                                   std::filesystem::copy_options::overwrite_existing);
    };
    {
        const std::unique_ptr<State> state = store::open_state(path);
        note_value(*state, "a", "saved");
        state->checkpoint();
    }
    std::filesystem::copy_file(path, folder.file("saved.db"));
    for (const int changes : {1, 2, 3, 40, 300}) {
        CAPTURE(changes);
        for (int i = 1; i <= changes; ++i) {
            const std::unique_ptr<State> state = store::open_state(path);
            note_value(*state, "a", std::to_string(i));
            note_value(*state, std::to_string(i), std::string(2000, 'x'));
        }
        restore();
        const auto reads = [&] { return noted_value(*store::open_state(path), "a") + " "; };
        Child first(reads);
        Child second(reads);
        Child third(reads);
        CHECK(first.answer() + second.answer() + third.answer() == "saved saved saved ");
        const std::unique_ptr<State> state = store::open_state(path);
        CHECK(noted_value(*state, "1") == "none");
        note_value(*state, "after", "yes");
        CHECK(store::Database(path, store::Access::read_write, impatient).text("PRAGMA integrity_check") ==
              "ok");
        CHECK(noted_value(*store::open_state(path), "after") == "yes");
        restore();
    }
}

// What the log's header tells apart its beginnings by (SQLite's file format: their number, and two salts).
std::string beginning_of_log(const std::string& path) {
    std::ifstream log(store::log_path(path), std::ios::binary);
    std::string header(32, '\0');
    log.read(header.data(), static_cast<std::streamsize>(header.size()));
    return header.substr(12, 12);
}

TEST_CASE("a long log begins anew once, and what the file was before is known as another's") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    int changes = 0;
    std::string now;
    const auto change = [&] {
        ++changes;
        now = std::to_string(changes) + std::string(40'000, static_cast<char>('a' + changes % 26));
        note_value(*store::open_state(path), "a", now);
    };
    const auto change_until_anew = [&] {
        const std::string beginning = beginning_of_log(path);
        std::string former;
        do {
            former = now;
            change();
        } while (beginning_of_log(path) == beginning && changes < 1000);
        return former;
    };
    for (int i = 0; i < 3; ++i) {
        change();
        change_until_anew();
        const std::string beginning = beginning_of_log(path);
        CHECK(!store::is_longer(store::log_path(path), 50));
        CHECK(store::is_longer(store::log_path(path), 5));
        change();
        CHECK((beginning_of_log(path) == beginning));
    }
    // The file itself has what was in the log that was long.
    const std::string then = change_until_anew();
    std::filesystem::copy_file(path, folder.file("then.db"));
    change_until_anew();
    change_until_anew();
    REQUIRE(changes < 1000);
    std::filesystem::copy_file(folder.file("then.db"), path,
                               std::filesystem::copy_options::overwrite_existing);
    CHECK((noted_value(*store::open_state(path), "a") == then));
}

TEST_CASE("the name of the log is made sure of until it is noted that it is safe") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    const std::string log = store::log_path(path);
    const auto note_on = [](const std::string& file) {
        std::array<char, 5000> note{};
        const ssize_t size = ::getxattr(file.c_str(), "user.azid.safe-name", note.data(), note.size());
        return size < 0 ? std::string() : std::string(note.data(), static_cast<std::size_t>(size));
    };
    note_value(*store::open_state(path), "a", "1");
    const std::string note = note_on(log);
    if (note.empty()) {
        MESSAGE("skipped: this file system has no attributes, or does not tell when a file was made");
        return;
    }
    CHECK(note.ends_with(" " + log));
    note_value(*store::open_state(path), "a", "2");
    CHECK(note_on(log) == note);
    // Another file under that name, though it has the other's note as a copy has, and one that was moved.
    std::filesystem::copy_file(log, log + ".copy");
    REQUIRE(::setxattr((log + ".copy").c_str(), "user.azid.safe-name", note.data(), note.size(), 0) == 0);
    std::filesystem::rename(log + ".copy", log);
    note_value(*store::open_state(path), "a", "3");
    CHECK(note_on(log) != note);
    CHECK(note_on(log).ends_with(" " + log));
    std::filesystem::rename(path, folder.file("moved.db"));
    std::filesystem::rename(log, folder.file("moved.db-wal"));
    note_value(*store::open_state(folder.file("moved.db")), "a", "4");
    CHECK(note_on(folder.file("moved.db-wal")).ends_with("/moved.db-wal"));
    CHECK(noted_value(*store::open_state(folder.file("moved.db")), "a") == "4");
}

TEST_CASE("a copy in a folder that cannot be written is read without the former file's log") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    {
        const std::unique_ptr<State> state = store::open_state(path);
        note_value(*state, "a", "saved");
        state->checkpoint();
        std::filesystem::copy_file(path, folder.file("saved.db"));
        for (const char* value : {"1", "2", "3"}) note_value(*state, "a", value);
    }
    std::filesystem::copy_file(folder.file("saved.db"), path,
                               std::filesystem::copy_options::overwrite_existing);
    for (const char* suffix : {"", "-wal", "-shm"}) give_away(path + suffix, 0400);
    give_away(folder.path(), 0500);
    CHECK(Child([&] { return noted_value(*store::open_state(path), "a"); }, true).answer() == "saved");
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0700));
}

TEST_CASE("where only the file was removed, its log is not taken for the next one's") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    for (const char* value : {"1", "2", "3"}) note_value(*store::open_state(path), "a", value);
    std::filesystem::remove(path);
    CHECK(noted_value(*store::open_state(path), "a") == "none");
}

}  // namespace azid::test
