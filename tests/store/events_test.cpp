#include "core/events/ports.hpp"

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/events/refused.hpp"
#include "store/state.hpp"
#include "store/steps.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

namespace azid::test {

TEST_CASE("the latest events come oldest first") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    write(*state, [](Session& session) {
        for (const char* what : {"one", "two", "three"})
            session.events.add({session.now, "arm", what, "actor", "subject", R"({"a":1})"});
    });
    read(*state, [](Session& session) {
        const std::vector<events::Event> found = session.events.latest(2);
        REQUIRE(found.size() == 2);
        CHECK(found[0].what == "two");
        CHECK(found[1].what == "three");
        CHECK(found[1].at == test_instant());
        CHECK(found[1].system == "arm");
        CHECK(found[1].actor == "actor");
        CHECK(found[1].subject == "subject");
        CHECK(found[1].details == R"({"a":1})");
        CHECK(session.events.latest(0).empty());
        CHECK(session.events.latest(100).size() == 3);
    });
}

TEST_CASE("a run is kept with its steps, found by its correlation id, and goes when it is old") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    const auto report = [](const std::string& line) {
        events::Report made;
        made.run = {.at = test_instant(), .kind = "command", .line = line, .correlation = "id of " + line};
        made.run.status = "Succeeded";
        made.events.push_back({test_instant(), "arm", "done", "who", line, ""});
        made.events.back().actor_name = "somebody";
        return made;
    };
    write(*state, [&](Session& session) {
        const std::int64_t looked =
            events::runs_kept / events::looked_at * events::looked_at + events::looked_at;
        for (std::int64_t i = 0; i < looked; ++i)
            session.events.write(report("command " + std::to_string(i)));
    });
    read(*state, [&](Session& session) {
        const std::vector<events::Run> runs = session.events.runs(events::runs_kept * 2);
        CHECK(static_cast<std::int64_t>(runs.size()) == events::runs_kept);
        CHECK(runs.front().line == "command 8");
        CHECK(runs.back().caller == "somebody");
        CHECK(session.events.runs_of("id of command 7").empty());
        const std::vector<events::Run> found = session.events.runs_of("ID OF COMMAND 9");
        REQUIRE(found.size() == 1);
        const std::vector<events::Event> steps = session.events.events_of(found.front().number);
        REQUIRE(steps.size() == 1);
        CHECK(steps.front().subject == "command 9");
    });
}

TEST_CASE("what is written down later has a correlation id of its own, unless one was asked for") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    std::string asked;
    const auto report = [&](bool asks) {
        events::Report made;
        read(*state, [&](Session& session) {
            session.events.open({.at = test_instant(), .kind = "request", .line = "GET /"});
            session.events.add({test_instant(), "imds", "held token answered", "", "", ""});
            if (asks) asked = session.events.correlation();
            made = session.events.report();
        });
        return made;
    };
    const std::vector<events::Report> reports{report(false), report(false), report(true)};
    write(*state, [&](Session& session) {
        for (const events::Report& one : reports) session.events.write(one);
    });
    read(*state, [&](Session& session) {
        const std::vector<events::Run> runs = session.events.runs(3);
        REQUIRE(runs.size() == 3);
        CHECK(is_guid(runs[0].correlation));
        CHECK(runs[0].correlation != runs[1].correlation);
        CHECK(runs[2].correlation == asked);
    });
}

TEST_CASE("steps read back as they were written") {
    const Instant at = test_instant();
    events::Event plain{at, "arm", "group \"x\" created", "", "", ""};
    events::Event full{at + std::chrono::seconds(1),    "rbac", "é", "who", "/x",
                       R"({"a":{"b":[1,null]},"c":""})"};
    full.actor_name = "somebody";
    full.sender = "client";
    full.receiver = "arm";
    const std::vector<events::Event> read = store::steps_of(store::steps_text({plain, full}, at), at, 7);
    REQUIRE(read.size() == 2);
    CHECK(read[0].at == at);
    CHECK(read[0].what == plain.what);
    CHECK(read[0].details.empty());
    CHECK(read[0].run == 7);
    CHECK(read[1].at == full.at);
    CHECK(read[1].what == full.what);
    CHECK(read[1].actor == full.actor);
    CHECK(read[1].subject == full.subject);
    CHECK(read[1].details == full.details);
    CHECK(read[1].actor_name == full.actor_name);
    CHECK(read[1].sender == full.sender);
    CHECK(read[1].receiver == full.receiver);
    CHECK(store::steps_of(store::steps_text({events::Event()}, at), at, 1).size() == 1);
    CHECK(store::steps_text({}, at).empty());
    CHECK(store::steps_of("", at, 1).empty());
    for (const char* const text : {"{}", "[1]", "[", "x", R"([{"at":"never"}])"})
        CHECK_THROWS_AS(store::steps_of(text, at, 1), Error);
}

TEST_CASE("of very many steps the newest are kept") {
    std::vector<events::Event> steps(events::steps_kept + 2);
    steps[1].what = "too old";
    steps[2].what = "first";
    const std::vector<events::Event> kept = store::steps_of(store::steps_text(steps, {}), {}, 1);
    REQUIRE(kept.size() == events::steps_kept);
    CHECK(kept.front().what == "first");
}

TEST_CASE("steps that are of no command are among the latest, and no run") {
    const ScratchFolder folder;
    const std::unique_ptr<State> state = store::open_state(folder.file("state.db"));
    write(*state, [](Session& session) { session.note("arm", "one", ""); });
    write(*state, [](Session& session) {
        session.events.open({.at = session.now, .kind = "command", .line = "azid two"});
        session.note("arm", "two", "");
        session.note("arm", "three", "");
    });
    read(*state, [](Session& session) {
        const std::vector<events::Run> runs = session.events.runs(10);
        REQUIRE(runs.size() == 1);
        CHECK(runs.front().line == "azid two");
        CHECK(session.events.runs_of("").empty());
        CHECK(session.events.events_of(0).empty());
        CHECK(session.events.events_of(runs.front().number).size() == 2);
        const std::vector<events::Event> latest = session.events.latest(2);
        REQUIRE(latest.size() == 2);
        CHECK(latest.front().what == "two");
        const std::vector<events::Event> all = session.events.latest(3);
        REQUIRE(all.size() == 3);
        CHECK(all.front().what == "one");
        CHECK(all.front().run == 0);
        CHECK(all.back().run == runs.front().number);
    });
}

TEST_CASE("what only failed leaves nothing, what was refused leaves its steps and the reason") {
    events::Report report;
    report.run.line = "azid group create";
    report.events.push_back({test_instant(), "rbac", "action allowed", "", "", ""});
    CHECK(events::failed(report, 400, "BadRequest", "typed").empty());
    report.events.push_back({test_instant(), "rbac", "action refused", "", "", ""});
    const events::Report refused = events::failed(report, 403, "AuthorizationFailed", "why");
    CHECK(refused.events.size() == 2);
    CHECK(refused.run.status == "Failed");
    CHECK(refused.run.message == "why");
    CHECK(events::failed(report, 400, "Bad", "what somebody typed").run.message.empty());
}

}  // namespace azid::test
