// The official JMESPath suite, where it is at hand.
#include "core/query/jmespath.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace {

using azid::Json;

// "syntax" for what does not compile, "runtime" for what fails on the data, "" when there is a result.
std::string outcome(const std::string& expression, const Json& given, Json& result) {
    try {
        result = azid::query::search(azid::query::compile(expression), given);
        return "";
    } catch (const azid::query::CompileError&) {
        return "syntax";
    } catch (const azid::query::RuntimeError&) {
        return "runtime";
    }
}

std::string expected_outcome(const Json& test) {
    if (!test.contains("error")) return "";
    return test["error"] == "syntax" ? "syntax" : "runtime";
}

// Without regard to the order of members, as the suite means it.
nlohmann::json unordered(const Json& value) { return nlohmann::json::parse(value.dump()); }

void check(const Json& given, const Json& test) {
    const std::string expression = test["expression"];
    CAPTURE(expression);
    Json result;
    CHECK(expected_outcome(test) == outcome(expression, given, result));
    if (test.contains("result")) CHECK(unordered(test["result"]) == unordered(result));
}

}  // namespace

TEST_CASE("the official JMESPath suite passes") {
    const std::filesystem::path folder = std::filesystem::path(AZID_SHARED_DIR) / "jmespath";
    if (!std::filesystem::is_directory(folder)) {
        MESSAGE("skipped: no suite at ", folder.string());
        return;
    }
    int cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        std::ifstream file(entry.path());
        for (const Json& group : Json::parse(file))
            for (const Json& test : group["cases"]) {
                check(group["given"], test);
                ++cases;
            }
    }
    CHECK(cases > 0);
    MESSAGE("JMESPath suite: ", cases, " cases");
}
