#include "store/log.hpp"

#include "store/database.hpp"
#include "store/file.hpp"
#include "store/state.hpp"
#include "support/child.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <sys/xattr.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

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

namespace {

// A state whose log's index has a sign in its head, in a place that SQLite never looks at (the last four of
// 136 bytes): it is gone when the index was made anew.
struct Signed {
    Signed() {
        note_value(*store::open_state(path), "a", "0");  // empties the log, as the first in each state
        note_value(*store::open_state(path), "a", "1");
        sign();
    }

    void sign() const {
        std::fstream file(index, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(132).write("sign", 4);
    }
    bool is_signed() const { return contents(index).substr(132, 4) == "sign"; }
    std::string value() const { return noted_value(*store::open_state(path), "a"); }

    ScratchFolder folder;
    std::string path = folder.file("state.db");
    std::string index = path + "-shm";
    std::string log = path + "-wal";
};

bool has_attributes(const std::string& file) {
    return ::getxattr(file.c_str(), "user.azid.index-of", nullptr, 0) > 0;
}

}  // namespace

TEST_CASE_FIXTURE(Signed, "the log's index stays as the last process left it") {
    REQUIRE(std::filesystem::file_size(index) == 32768);
    if (!has_attributes(index)) {
        MESSAGE("skipped: this file system has no attributes");
        return;
    }
    CHECK(value() == "1");
    CHECK(is_signed());
    note_value(*store::open_state(path), "a", "2");
    CHECK(is_signed());
    CHECK(value() == "2");
    // A process that is killed leaves it as good as one that ends.
    Child child([&] {
        const std::unique_ptr<State> state = store::open_state(path);
        note_value(*state, "a", "3");
        ::raise(SIGKILL);
        return std::string();
    });
    child.answer();
    CHECK(value() == "3");
    CHECK(is_signed());
}

TEST_CASE_FIXTURE(Signed, "an index that does not cover the log is made anew, whatever is in it") {
    const std::string older = contents(index);
    note_value(*store::open_state(path), "a", "2");
    const std::string junk(older.size(), '\xff');
    std::string half = contents(index);
    half.replace(0, 48, older.substr(0, 48));
    for (const std::string& left : {older, half, junk, older + junk, older.substr(0, 100), std::string()}) {
        CAPTURE(left.size());
        write_file(index, left);
        CHECK(value() == "2");
        CHECK_FALSE(is_signed());
        CHECK(std::filesystem::file_size(index) == 32768);
        CHECK(value() == "2");
    }
}

TEST_CASE_FIXTURE(Signed,
                  "an index of another log, another file or another start of the machine is made anew") {
    SUBCASE("the log is another one") {
        const std::string earlier = contents(log);
        note_value(*store::open_state(path), "a", "2");
        write_file(log, earlier);
        CHECK(value() == "1");
    }
    SUBCASE("the log is gone") {
        std::filesystem::remove(log);
        CHECK(value() == "0");
    }
    SUBCASE("the log's last frame is another one") {
        std::fstream file(log, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(-4096 - 4, std::ios::end).write("\1\2\3\4", 4);
        file.close();
        store::open_state(path);
    }
    SUBCASE("the files are copies") {
        for (const char* const end : {"", "-wal", "-shm"})
            std::filesystem::copy_file(path + end, folder.file("copy.db") + end);
        std::array<char, 200> mark{};
        const ssize_t size = ::getxattr(index.c_str(), "user.azid.index-of", mark.data(), mark.size());
        path = folder.file("copy.db");
        index = path + "-shm";
        if (size > 0)
            ::setxattr(index.c_str(), "user.azid.index-of", mark.data(), static_cast<std::size_t>(size), 0);
        CHECK(value() == "1");
    }
    SUBCASE("the machine has started since") {
        if (!has_attributes(index)) return;
        ::setxattr(index.c_str(), "user.azid.index-of", "before", 6, 0);
        CHECK(value() == "1");
    }
    SUBCASE("nothing is known of it") {
        ::removexattr(index.c_str(), "user.azid.index-of");
        CHECK(value() == "1");
    }
    CHECK_FALSE(is_signed());
}

TEST_CASE_FIXTURE(Signed, "a larger file of another state put in its place is what is read") {
    const std::string other = folder.file("other.db");
    for (int i = 0; i < 200; ++i)
        note_value(*store::open_state(other), "other " + std::to_string(i), std::string(5000, 'x'));
    store::open_state(other)->checkpoint();
    bool is_emptied = false;
    SUBCASE("while its log has something") {}
    SUBCASE("when its log has just been emptied, and not begun anew") {
        store::Database database(path, store::Access::read_write, impatient);
        CHECK(database.number("SELECT count(*) FROM settings") == 1);
        database.checkpoint_if_idle(false);
        is_emptied = true;
    }
    REQUIRE(std::filesystem::file_size(log) > 0);
    const std::string moved = contents(index).substr(96, 4);
    CHECK((moved != std::string(4, '\0')) == is_emptied);
    sign();
    std::filesystem::copy_file(other, path, std::filesystem::copy_options::overwrite_existing);
    CHECK(value() == "none");
    CHECK_FALSE(is_signed());
    note_value(*store::open_state(path), "a", "again");
    CHECK(value() == "again");
    CHECK(noted_value(*store::open_state(path), "other 199") == std::string(5000, 'x'));
    CHECK(store::Database(path, store::Access::read_write, impatient).text("PRAGMA integrity_check") == "ok");
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

// Somebody who reads, on a connection and a thread of their own, until they are told to let go or this ends.
class Reader {
  public:
    explicit Reader(const std::string& path)
        : thread_([this, path] {
              const std::unique_ptr<State> state = store::open_state(path);
              read(*state, [this](Session&) {
                  reading_.set_value();
                  told_.get_future().wait();
              });
          }) {
        reading_.get_future().wait();
    }
    ~Reader() {
        if (later_.joinable())
            later_.join();
        else
            told_.set_value();
        thread_.join();
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    void let_go_in(std::chrono::milliseconds time) {
        later_ = std::thread([this, time] {
            std::this_thread::sleep_for(time);
            told_.set_value();
        });
    }

  private:
    std::promise<void> reading_;
    std::promise<void> told_;
    std::thread thread_;
    std::thread later_;
};

TEST_CASE("for a log that is much too long it is waited until readers let go") {
    const ScratchFolder folder;
    const std::string path = folder.file("state.db");
    const std::string log = store::log_path(path);
    const std::unique_ptr<State> state = store::open_state(path);
    constexpr int pages = 440;  // four times what store/log.cpp calls long
    int changes = 0;
    const auto change = [&] {
        ++changes;
        note_value(*state, "a", std::string(40'000, static_cast<char>('a' + changes % 26)));
    };
    change();  // empties the log, as the first in each state
    change();
    const std::string beginning = beginning_of_log(path);
    {
        const Reader reader(path);
        while (!store::is_longer(log, pages) && changes < 200) change();
    }
    REQUIRE(store::is_longer(log, pages));
    REQUIRE((beginning_of_log(path) == beginning));
    // On a machine that is busy with other things the reader may let go too late.
    for (int times = 0; times < 20 && beginning_of_log(path) == beginning; ++times) {
        Reader reader(path);
        reader.let_go_in(std::chrono::milliseconds(30));
        change();
    }
    CHECK((beginning_of_log(path) != beginning));
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
