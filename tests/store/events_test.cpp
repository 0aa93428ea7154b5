#include "core/events/ports.hpp"

#include "core/events/refused.hpp"
#include "store/state.hpp"
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
