#include "cli/commands/wait.hpp"

#include "cli/app/unfinished.hpp"
#include "cli/commands/python_literal.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/query/jmespath.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace azid::commands {

namespace {

Json timed_out() { return Json::object(); }

std::string provisioning_state(const Json& thing) {
    std::string state = text_at(thing, "provisioningState");
    if (state.empty() && thing.is_object() && thing.contains("properties"))
        state = text_at(thing["properties"], "provisioningState");
    return lower(state);
}

bool custom_holds(const std::string& condition, const Json& thing) {
    try {
        return python_truth(query::search(query::compile(condition), thing));
    } catch (const query::CompileError& problem) {
        throw Error(fault::client, fmt::format("--custom is no JMESPath expression: {}", problem.what()));
    } catch (const query::RuntimeError& problem) {
        throw Error(fault::client, problem.what());
    }
}

long number(const app::Args& args, std::string_view key) {
    const std::optional<std::string> value = args.value(key);
    return value ? std::stol(*value) : 0;
}

}  // namespace

Json wait_for(app::Context& context, const std::function<Json()>& look) {
    const app::Args& args = context.args;
    const bool created = args.flag("created");
    const bool updated = args.flag("updated");
    const bool deleted = args.flag("deleted");
    const bool exists = args.flag("exists");
    const std::string custom = args.text("custom");
    if (!created && !updated && !deleted && !exists && custom.empty())
        throw Error(fault::client,
                    "incorrect usage: --created | --updated | --deleted | --exists | --custom JMESPATH");
    if (number(args, "interval") == 0) throw Error(fault::client, "range() arg 3 must not be zero");
    if (number(args, "timeout") <= 0 || number(args, "interval") < 0) return timed_out();
    Json thing;
    try {
        thing = look();
        app::show_unfinished(context.session(), thing);
    } catch (const Error& error) {
        if (error.fault().http_status != 404) throw;
        if (deleted) return nullptr;
        if (!created && !exists && custom.empty()) throw;
        return timed_out();
    }
    if (exists) return nullptr;
    const std::string state = provisioning_state(thing);
    if (state == "failed") throw Error(fault::client, "The operation failed");
    if ((created || updated) && state == "succeeded") return nullptr;
    if (!custom.empty() && custom_holds(custom, thing)) return nullptr;
    if (state.ends_with("ing")) throw app::Unfinished{std::chrono::seconds(number(args, "timeout"))};
    return timed_out();
}

}  // namespace azid::commands
