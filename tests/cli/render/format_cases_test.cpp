// az's own formatters, recorded: every case gives an input, perhaps a query, a format and the exact bytes.
#include "cli/render/format.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace {

using azid::Json;

const std::string recorded = AZID_SHARED_DIR "/az-contract/format_cases.json";

}  // namespace

TEST_CASE("what az's formatters printed is printed byte for byte") {
    std::ifstream file(recorded);
    if (!file) {
        MESSAGE("skipped: there is no " << recorded);
        return;
    }
    size_t count = 0;
    for (const Json& recording : Json::parse(file)) {
        if (!recording["query"].is_null()) continue;
        const std::optional<azid::render::Format> format =
            azid::render::format_named(recording["format"].get<std::string>());
        REQUIRE(format);
        const std::string name = recording["name"];
        CAPTURE(name);
        const std::string expected = recording["expected_stdout"];
        CHECK(azid::render::render(recording["input"], *format, {}) == expected);
        ++count;
    }
    CHECK(count > 100);
    MESSAGE(count << " recorded outputs compared");
}
