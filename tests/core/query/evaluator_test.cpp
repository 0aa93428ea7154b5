#include "core/query/evaluator.hpp"

#include "core/query/jmespath.hpp"
#include "core/query/parser.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

using azid::Json;

namespace {

// What stops a search that may make that much; empty when nothing does.
std::string stop_of(const std::string& expression, std::size_t limit) {
    const azid::query::Node tree = azid::query::parse(expression);
    const Json data = 1;
    try {
        azid::query::Evaluator(limit).visit(tree, data);
        return "";
    } catch (const azid::query::RuntimeError& problem) {
        return problem.what();
    }
}

}  // namespace

TEST_CASE("a query that doubles its result without end is stopped") {
    const std::string message = "The result of the query grows too large";
    std::string doubling = "@", escaping = R"(to_string(['\\']))", joining = "'x'";
    for (int i = 0; i < 60; ++i) {
        doubling += "|[@,@]";
        escaping = "to_string([" + escaping + "])";
        joining += "|join(@,['',@,''])";
    }
    CHECK(stop_of(doubling, 10'000) == message);
    CHECK(stop_of(escaping, 10'000) == message);
    CHECK(stop_of(joining, 10'000) == message);
}

TEST_CASE("views cost nothing, copies do") {
    CHECK(stop_of("@ | @ | @", 0).empty());
    CHECK(stop_of("[@, @]", 2).empty());
    CHECK_FALSE(stop_of("[@, @]", 1).empty());
}
