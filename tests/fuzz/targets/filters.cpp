// OData's $filter on the first line, the object in JSON after it.
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/odata.hpp"
#include "fuzz/support/target.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace azid::fuzz { namespace {

Json object_of(std::string_view text) {
    static const Json usual = Json::parse(
        R"({"displayName":"web","appId":"x","n":3,"on":true,"none":null,"names":["a","b"],"properties":{"roleName":"Reader"}})");
    try {
        Json given = parse_json(text);
        return given.is_object() ? given : usual;
    } catch (const Error&) {
        return usual;
    }
}

void take(std::string_view bytes) {
    Input input(bytes);
    const std::string_view text = input.line();
    const Json object = object_of(input.rest());
    const std::optional<ODataFilter> filter = ODataFilter::parse(text);
    if (!filter) return reached("no filter");
    const bool matches = filter->matches(object);
    require(filter->matches(object) == matches, "a filter decides alike twice", text);
    if (const std::optional<ODataFilter> denied = ODataFilter::parse(fmt::format("not ({})", text)))
        require(denied->matches(object) != matches, "what does not match matches denied", text);
    reached(matches ? "matches" : "matches not");
}

const Registration registration({"filters", take});

}}  // namespace azid::fuzz
