// az's own formatters, recorded: every case gives an input, perhaps a query, a format and the exact bytes.
#include "cli/render/format.hpp"
#include "core/query/jmespath.hpp"
#include "core/query/sorted.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace {

using azid::Json;

const std::string recorded = AZID_SHARED_DIR "/az-contract/format_cases.json";

using azid::render::Format;

// As the commands do: only tsv wants what the query did not compose to be sorted beforehand.
std::string printed(const Json& recording, Format format) {
    const Json& input = recording["input"];
    if (recording["query"].is_null()) return azid::render::render(input, format, {});
    azid::query::Expression query = azid::query::compile(recording["query"].get<std::string>());
    if (format == Format::tsv) query.sort_literals();
    const Json found = azid::query::search(query, format == Format::tsv ? azid::query::sorted(input) : input);
    return azid::render::render(found, format, {.colour = false, .sort_keys = false});
}

}  // namespace

TEST_CASE("what az's formatters printed is printed byte for byte") {
    std::ifstream file(recorded);
    if (!file) {
        MESSAGE("skipped: there is no " << recorded);
        return;
    }
    size_t count = 0;
    for (const Json& recording : Json::parse(file)) {
        const std::optional<Format> format =
            azid::render::format_named(recording["format"].get<std::string>());
        REQUIRE(format);
        const std::string name = recording["name"];
        CAPTURE(name);
        const std::string expected = recording["expected_stdout"];
        CHECK(printed(recording, *format) == expected);
        ++count;
    }
    CHECK(count > 300);
    MESSAGE(count << " recorded outputs compared");
}
