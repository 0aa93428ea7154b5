#include "cli/commands/activity_log.hpp"

#include "cli/commands/local_time.hpp"
#include "core/arm/activity_log.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <chrono>

namespace azid::commands {

namespace {

// "1d2h30m15s", each part once, in this order, in any case. Empty when it is no such period.
std::optional<std::chrono::seconds> period_of(const std::string& given) {
    constexpr std::pair<char, int> units[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
    std::string_view text = given;
    std::chrono::seconds period{0};
    for (const auto& [unit, seconds] : units) {
        std::size_t digits = 0;
        long number = 0;
        while (digits < text.size() && digits < 9 &&
               std::isdigit(static_cast<unsigned char>(text[digits])) != 0)
            number = number * 10 + (text[digits++] - '0');
        if (digits == 0 || digits >= text.size() ||
            std::tolower(static_cast<unsigned char>(text[digits])) != unit)
            continue;
        period += std::chrono::seconds(number * seconds);
        text.remove_prefix(digits + 1);
    }
    if (!text.empty()) return {};
    return period;
}

std::optional<Instant> time_of(const app::Args& args, std::string_view key) {
    const std::vector<std::string> words = args.list(key);
    if (words.empty()) return {};
    const std::string text = join(words, " ");
    const std::optional<Instant> instant = parse_local(text);
    if (instant) return instant;
    throw Error(fault::client,
                fmt::format("Unable to parse: '{}'. Expected format: date (yyyy-mm-dd) time (hh:mm:ss.xxxxx) "
                            "timezone (+/-hh:mm)",
                            text));
}

// az's rule: the offset counts back from the end, or onwards from the start.
arm::ActivityFilter filter_of(const app::Context& context) {
    const app::Args& args = context.args;
    const std::optional<std::chrono::seconds> offset = period_of(args.text("offset"));
    if (!offset)
        throw Error(fault::usage,
                    fmt::format("argument --offset: invalid period_type value: '{}'", args.text("offset")));
    const std::optional<Instant> start = time_of(args, "start_time");
    const std::optional<Instant> end = time_of(args, "end_time");
    arm::ActivityFilter filter;
    const Instant now = context.session().now;
    filter.from = start ? *start : (end ? *end : now) - *offset;
    filter.to = end ? *end : start ? *start + *offset : now;
    // Of these az sends the first alone.
    if (args.given("correlation_id"))
        filter.correlation = args.text("correlation_id");
    else if (args.given("resource_group"))
        filter.group = args.text("resource_group");
    else if (args.given("resource_id"))
        filter.resource = args.text("resource_id");
    else
        filter.provider = args.text("resource_provider");
    filter.caller = args.text("caller");
    filter.status = args.text("status");
    return filter;
}

Json selected(const Json& event, const std::vector<std::string>& members) {
    if (members.empty()) return event;
    Json shown = Json::object();
    for (const auto& [name, value] : event.items())
        if (std::find(members.begin(), members.end(), name) != members.end()) shown[name] = value;
    return shown;
}

}  // namespace

Json activity_log_list(app::Context& context) {
    const long most = context.args.count("max_events");
    const std::vector<std::string> members = context.args.list("select");
    Json found = Json::array();
    for (const Json& event :
         arm::list_activity(context.session(), context.subscription, filter_of(context))) {
        if (static_cast<long>(found.size()) >= most) break;
        found.push_back(selected(event, members));
    }
    return found;
}

}  // namespace azid::commands
