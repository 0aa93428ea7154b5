#include "cli/commands/wait.hpp"

#include "cli/app/unfinished.hpp"
#include "cli/commands/python_literal.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/query/jmespath.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace azid::commands {

namespace {

constexpr std::int64_t longest_wait = 100'000'000;  // seconds: some years

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
    if (args.count("interval") == 0) throw Error(fault::client, "range() arg 3 must not be zero");
    if (args.count("timeout") <= 0 || args.count("interval") < 0) return timed_out();
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
    const std::chrono::seconds patience(std::min(args.count("timeout"), longest_wait));
    if (state.ends_with("ing")) throw app::Unfinished{patience};
    return timed_out();
}

}  // namespace azid::commands
