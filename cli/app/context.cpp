#include "cli/app/context.hpp"

#include "cli/app/environment.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

namespace azid::app {

std::string Context::subscription_scope() const { return arm::subscription_scope(subscription); }

std::string Context::group_scope() const {
    return arm::group_scope(subscription, args.text("resource_group_name"));
}

Json tags_of(const Args& args) {
    if (!args.given("tags")) return nullptr;
    Json tags = Json::object();
    for (const std::string& pair : args.list("tags")) {
        if (pair.empty()) continue;
        const size_t equals = pair.find('=');
        tags[pair.substr(0, equals)] = equals == std::string::npos ? "" : pair.substr(equals + 1);
    }
    return tags;
}

void confirm(const Environment& environment, Messages& messages, const std::string& question) {
    if (!environment.stdin_is_terminal) {
        messages.warn("Unable to prompt for confirmation as no tty available. Use --yes.");
        throw Error(fault::client, "Operation cancelled.");
    }
    for (;;) {
        environment.write_out(question + " (y/n): ");
        const std::optional<std::string> answer = environment.read_line();
        if (!answer || iequals(trim(*answer), "n")) throw Error(fault::client, "Operation cancelled.");
        if (iequals(trim(*answer), "y")) return;
    }
}

}  // namespace azid::app
