#include "cli/commands/trace.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/events/ports.hpp"

#include <nlohmann/json.hpp>

#include <set>

namespace azid::commands {

namespace {

constexpr int looked_through = 2000;

// One command is one instant, so the newest instants are the newest commands.
std::set<Instant> newest_instants(const std::vector<events::Event>& all, size_t count) {
    std::set<Instant> instants;
    for (const events::Event& event : all) {
        instants.insert(event.at);
        if (instants.size() > count) instants.erase(instants.begin());
    }
    return instants;
}

Json wire(const events::Event& event, int step) {
    return {{"step", step},
            {"at", utc_ticks(event.at)},
            {"system", event.system},
            {"what", event.what},
            {"subject", event.subject},
            {"causedBy", event.actor},
            {"details", event.details.empty() ? Json(nullptr) : Json::parse(event.details)}};
}

}  // namespace

Json trace_show(app::Context& context) {
    const int count = std::stoi(context.args.text("last"));
    if (count < 1) throw Error(fault::usage, "argument --last: at least 1 command must be shown.");
    const std::vector<events::Event> all = context.session().events.latest(looked_through);
    const std::set<Instant> wanted = newest_instants(all, static_cast<size_t>(count));
    Json steps = Json::array();
    for (const events::Event& event : all)
        if (wanted.contains(event.at)) steps.push_back(wire(event, static_cast<int>(steps.size()) + 1));
    return steps;
}

}  // namespace azid::commands
