// reference() and list...(): functions that ask about resources as they are now.
#include "core/arm/resource_id.hpp"
#include "core/arm/templates/functions.hpp"
#include "core/arm/templates/targets.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::arm::templates {

namespace {

// The id of a resource that is given by id, by name or, where the template names its resources, by symbol.
Target asked(const Call& call) {
    const std::string& given = call.text(0);
    if (given.starts_with('/')) return target_of(given);
    const auto found = call.frame.resources.find(given);
    if (found != call.frame.resources.end()) return target_of(found->second);
    throw Error(fault::invalid_template,
                fmt::format("The template reference '{}' is not valid: could not find template resource or "
                            "resource copy with this name. Please see "
                            "https://aka.ms/arm-function-reference for usage details.",
                            given));
}

// The whole resource, as reference() shows it with 'Full'.
Json full(const Target& target, const Json& body, const std::string& api_version) {
    Json shown = Json::object();
    if (!api_version.empty()) shown["apiVersion"] = api_version;
    for (const auto& [key, value] : body.items())
        if (key != "id" && key != "name" && key != "type") shown[key] = value;
    shown["resourceId"] = target.id;
    shown["subscriptionId"] = subscription_of(target.id);
    shown["resourceGroupName"] = group_of(target.id);
    shown["scope"] = target.scope;
    return shown;
}

Json reference(const Call& call) {
    const Target target = asked(call);
    const Json body = show_target(call.frame.session, target);
    if (iequals(call.text_or(2, ""), "Full")) return full(target, body, call.text(1));
    return body.value("properties", Json::object());
}

Json list(const Call& call) {
    const Json body = call.count() > 2 ? call.at(2) : Json::object();
    return act_on_target(call.frame.session, asked(call), call.name, body);
}

constexpr Function table[] = {
    {"reference", 1, 3, reference},
    {"list", 1, 3, list},
};

}  // namespace

std::span<const Function> asking_functions() { return table; }

}  // namespace azid::arm::templates
