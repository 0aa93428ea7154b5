// A template's text, a parameter in JSON on the line after it.
#include "core/arm/templates/evaluate.hpp"
#include "core/arm/templates/expression.hpp"
#include "core/base/error.hpp"
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/box.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

namespace azid::fuzz { namespace {

using arm::templates::Frame;

std::shared_ptr<const Json> shared(Json value) { return std::make_shared<const Json>(std::move(value)); }

Frame frame_of(Session& session, const Json& given, bool in_run) {
    Frame frame{session, {Box::only().value("sub"), "rg", "deploy"}};
    frame.parameters["given"] = shared(given);
    frame.parameters["name"] = shared("web");
    frame.variables["twice"] = shared("[concat(parameters('name'), parameters('name'))]");
    frame.variables["circle"] = shared("[variables('circle')]");
    frame.variables["list"] =
        shared(Json::parse(R"({"copy":[{"name":"l","count":3,"input":"[copyIndex('l')]"}]})"));
    frame.loops = {{"outer", 3}, {"inner", 1}};
    frame.in_run = in_run;
    // Less than a template has: an input that uses all of it up costs as much as thousands of others.
    constexpr std::int64_t enough = 20'000;
    frame.budget->left = std::min(frame.budget->left, enough);
    return frame;
}

std::string outcome(Session& session, const Json& value, const Json& given, bool in_run) {
    Frame frame = frame_of(session, given, in_run);
    try {
        const std::string text = compact(arm::templates::resolved(frame, value));
        reached(text.substr(0, 2));
        return text;
    } catch (const Error& error) {
        require(!error.message().empty() && error.fault().http_status != 500,
                "an expression is refused with words", error.message());
        reached(error.message());
        return error.message();
    }
}

void take(std::string_view bytes) {
    Input input(bytes);
    const std::string text(input.line());
    Json given;
    try {
        given = parse_json(input.rest());
    } catch (const Error&) {
        given = Json{{"a", Json::array({1, "x", nullptr, {{"b", 2.5}}})}, {"B", "c"}};
    }
    if (!Json::accept(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace)) || text.empty())
        return;
    const bool expression = arm::templates::is_expression(text);
    if (!expression)
        require(arm::templates::literal(text).size() + 1 >= text.size(), "a literal stays what it is", text);
    Box& box = Box::only();
    box.try_out(box.admin(), [&](Session& session) {
        const Json value(text);
        const std::string first = outcome(session, value, given, false);
        require(outcome(session, value, given, false) == first, "an expression gives the same again", first);
        outcome(session, value, given, true);
    });
}

const Registration registration({"expressions", take});

}}  // namespace azid::fuzz
