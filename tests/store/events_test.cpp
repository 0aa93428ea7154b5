#include "core/events/ports.hpp"

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

}  // namespace azid::test
