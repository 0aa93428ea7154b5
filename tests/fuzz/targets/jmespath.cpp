// An expression on the first line, the data in JSON after it; without any a list of machines.
#include "core/query/jmespath.hpp"

#include "core/query/python_text.hpp"
#include "core/query/sorted.hpp"
#include "fuzz/support/target.hpp"

#include <nlohmann/json.hpp>

namespace azid::fuzz { namespace {

constexpr std::string_view machines = R"([
 {"name":"web","tags":{"env":"prod","n":"1"},"size":2,"up":true,"disks":[{"lun":0,"gb":32},{"lun":1,"gb":128.5}]},
 {"name":"db","tags":null,"size":-1.5,"up":false,"disks":[],"identity":{"principalId":"p","type":"SystemAssigned"}},
 {"name":"grün","tags":{},"size":9007199254740993,"up":null,"disks":[[1,[2,[3]]],"x"]}])";

Json data_of(std::string_view text) {
    static const Json usual = Json::parse(machines);
    // What nests deeper than azid reads is none of the query's business.
    constexpr std::size_t longest = 4096;
    if (text.size() > longest) text = text.substr(0, longest);
    int depth = 0;
    Json given = Json::parse(
        text,
        [&](int level, Json::parse_event_t, Json&) {
            depth = std::max(depth, level);
            return true;
        },
        false);
    constexpr int deepest = 200;
    return given.is_discarded() || depth > deepest ? usual : given;
}

// What a search gives, or the words of its failure.
std::string found_by(const query::Expression& expression, const Json& data) {
    try {
        const Json found = query::search(expression, data);
        const std::string text = query::python_json(found);
        reached(text.substr(0, 1));
        require(Json::parse(text) == found, "python_json writes what reads back the same", text);
        require(query::sorted(query::sorted(found)) == query::sorted(found), "sorting twice is sorting");
        return text;
    } catch (const query::RuntimeError& refusal) {
        require(*refusal.what() != '\0', "a refusal has words");
        reached(refusal.what());
        return refusal.what();
    }
}

void take(std::string_view bytes) {
    Input input(bytes);
    const std::string_view text = input.line();
    const Json data = data_of(input.rest());
    try {
        query::Expression expression = query::compile(text);
        const std::string first = found_by(expression, data);
        require(found_by(expression, data) == first, "a search gives the same again", first);
        expression.sort_literals();
        found_by(expression, query::sorted(data));
    } catch (const query::CompileError& refusal) {
        reached(refusal.what());
    }
}

const Registration registration({"jmespath", take});

}}  // namespace azid::fuzz
