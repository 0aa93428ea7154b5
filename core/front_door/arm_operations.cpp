// Long-running operations at the front door: what is answered when one begins, and to those who follow it.
// The headers and bodies are as recorded of Microsoft.Compute, Microsoft.Network, Microsoft.KeyVault and
// Resource Manager itself, which each have ways of their own.
#include "core/arm/operations.hpp"

#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/front_door/arm_call.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace azid::front_door {

namespace {

using arm::Operation;

constexpr std::string_view machine_actions[] = {"start",   "powerOff",   "deallocate",
                                                "restart", "redeploy",   "reapply",
                                                "capture", "runCommand", "convertToManagedDisks"};

// What takes its time: PUT and PATCH (answered with the resource, and where to follow), DELETE, and actions
// (answered 202 with nothing but that).
struct SlowType {
    std::string_view type;
    bool puts;
    int put_status;  // 0: as for any resource
    std::string_view created_state;
    std::span<const std::string_view> actions = {};
};

constexpr SlowType slow_types[] = {
    {"Microsoft.Compute/virtualMachines", true, 0, "Creating", machine_actions},
    {"Microsoft.Compute/virtualMachines/extensions", true, 0, "Creating"},
    {"Microsoft.Compute/disks", true, 202, "Updating"},
    {"Microsoft.Network/virtualNetworks", true, 0, "Updating"},
    {"Microsoft.Network/virtualNetworks/subnets", true, 0, "Updating"},
    {"Microsoft.Network/networkSecurityGroups", true, 0, "Updating"},
    {"Microsoft.Network/networkSecurityGroups/securityRules", true, 0, "Updating"},
    {"Microsoft.Network/publicIPAddresses", true, 0, "Updating"},
    {"Microsoft.Network/networkInterfaces", false, 0, "Updating"},
};

const SlowType* slow_type(const std::string& type) {
    const SlowType* const found =
        std::find_if(std::begin(slow_types), std::end(slow_types),
                     [&](const SlowType& slow) { return iequals(slow.type, type); });
    return found == std::end(slow_types) ? nullptr : found;
}

bool is_compute(const Operation& operation) { return iequals(operation.provider, "Microsoft.Compute"); }

std::string place_of(const Operation& operation, std::string_view collection) {
    if (operation.provider.empty())
        return fmt::format("/subscriptions/{}/operationresults/{}", operation.subscription, operation.id);
    return fmt::format("/subscriptions/{}/providers/{}/locations/{}/{}/{}", operation.subscription,
                       operation.provider, operation.location, collection, operation.id);
}

std::string result_link(const ArmCall& call, const Operation& operation) {
    if (is_compute(operation)) return link_to(call, place_of(operation, "operations"), {{"monitor", "true"}});
    return link_to(call, place_of(operation, "operationResults"), {});
}

void say_where(const ArmCall& call, const Operation& operation, http::Response& response) {
    if (operation.provider == "Microsoft.Compute" || operation.provider == "Microsoft.Network") {
        response.headers["Azure-AsyncOperation"] = link_to(call, place_of(operation, "operations"), {});
        response.headers["Azure-AsyncNotification"] = "Enabled";
    }
    if (response.status == 202) response.headers["Location"] = result_link(call, operation);
    response.headers["Retry-After"] = std::to_string(arm::seconds_to_wait(call.session, operation));
}

// The spelling of a provider as its types have it, not as the client wrote it.
std::string provider_of(const SlowType& type) {
    return std::string(type.type.substr(0, type.type.find('/')));
}

Operation begin(const ArmCall& call, const SlowType& type, const arm::ResourceId& id,
                const std::string& location, const std::string& state) {
    Operation operation;
    operation.subscription = id.subscription();
    operation.provider = provider_of(type);
    operation.location = location.empty() ? "global" : location;
    operation.target = id.text();
    operation.state = state;
    return arm::begin_operation(call.session, std::move(operation), type.type);
}

// Times of an operation have seven decimals and an offset.
std::string operation_time(Instant instant) {
    std::string text = utc_ticks(instant);
    text.pop_back();
    return text + "+00:00";
}

Json compute_status(const ArmCall& call, const Operation& operation) {
    const bool over = arm::is_over(call.session, operation);
    Json status{{"startTime", operation_time(operation.started)}};
    if (over) status["endTime"] = operation_time(operation.ends);
    status["status"] = over ? "Succeeded" : "InProgress";
    if (over && !operation.answer.empty()) status["properties"]["output"] = Json::parse(operation.answer);
    status["name"] = operation.id;
    return status;
}

// "2025-07-10 07:29:13Z".
std::string vault_time(Instant instant) {
    std::string text = utc_seconds(instant);
    std::replace(text.begin(), text.end(), 'T', ' ');
    return text;
}

Json vault_status(const ArmCall& call, const Operation& operation) {
    Json status{{"createdDateTime", vault_time(operation.started)}};
    const bool over = arm::is_over(call.session, operation);
    if (over) status["lastActionDateTime"] = vault_time(operation.ends);
    status["status"] = over ? "Succeeded" : "NotStarted";
    return status;
}

// "Location": 202 until it is over, then what there is to say.
http::Response result(const ArmCall& call, const Operation& operation) {
    const bool is_vaults = iequals(operation.provider, "Microsoft.KeyVault");
    if (!arm::is_over(call.session, operation)) {
        http::Response response =
            is_vaults ? json_answer(202, vault_status(call, operation)) : empty_answer(202);
        say_where(call, operation, response);
        return response;
    }
    if (is_vaults) return json_answer(200, vault_status(call, operation));
    if (operation.answer.empty()) return empty_answer(operation.answer_status);
    return json_answer(operation.answer_status, Json::parse(operation.answer));
}

// "Azure-AsyncOperation": always 200, the body tells.
http::Response status(const ArmCall& call, const Operation& operation) {
    const bool over = arm::is_over(call.session, operation);
    Json body = is_compute(operation) ? compute_status(call, operation)
                                      : Json{{"status", over ? "Succeeded" : "InProgress"}};
    http::Response response = json_answer(200, body);
    if (!over)
        response.headers["Retry-After"] = std::to_string(arm::seconds_to_wait(call.session, operation));
    return response;
}

http::Response accepted(const ArmCall& call, const Operation& operation) {
    http::Response response = empty_answer(202);
    say_where(call, operation, response);
    return response;
}

}  // namespace

std::string link_to(const ArmCall& call, std::string_view path,
                    const std::vector<std::pair<std::string, std::string>>& query) {
    std::string link = fmt::format("https://{}{}", authority_of(call.request), path);
    char between = '?';
    for (const auto& [name, value] : query) {
        link += fmt::format("{}{}={}", between, name, http::url_encoded(value));
        between = '&';
    }
    return link + fmt::format("{}api-version={}", between,
                              http::url_encoded(http::query_value(call.request, "api-version").value_or("")));
}

http::Response begun(const ArmCall& call, const arm::ResourceId& id, const std::string& location,
                     http::Response done) {
    const SlowType* const type = slow_type(id.type());
    const bool is_removal = call.request.method == "DELETE";
    if (type == nullptr || done.status == 204 || (!is_removal && !type->puts)) return done;
    if (is_removal) return accepted(call, begin(call, *type, id, location, "Deleting"));
    Json body = Json::parse(done.body);
    const std::string state = done.status == 201 ? std::string(type->created_state) : "Updating";
    body["properties"]["provisioningState"] = state;
    http::Response response = done;
    response.body = compact(body);
    if (type->put_status != 0) response.status = type->put_status;
    say_where(call, begin(call, *type, id, location, state), response);
    return response;
}

http::Response action_begun(const ArmCall& call, const arm::ResourceId& id, std::string_view action,
                            http::Response done) {
    const SlowType* const type = slow_type(id.type());
    if (type == nullptr || std::none_of(type->actions.begin(), type->actions.end(),
                                        [&](std::string_view slow) { return iequals(slow, action); }))
        return done;
    const std::optional<arm::Resource> resource = call.session.arm.find_resource(id);
    Operation operation;
    operation.subscription = id.subscription();
    operation.provider = provider_of(*type);
    operation.location = resource ? resource->location : "global";
    operation.target = id.text();
    operation.state = "Updating";
    operation.answer = done.body;
    return accepted(call, arm::begin_operation(call.session, std::move(operation), type->type));
}

http::Response accepted_by_manager(const ArmCall& call, const std::string& target, std::string_view type,
                                   const Json& answer, int answer_status) {
    Operation operation;
    operation.subscription = call.pieces[1];
    operation.target = target;
    operation.state = "Deleting";
    operation.answer = answer.is_null() ? std::string() : compact(answer);
    operation.answer_status = answer_status;
    return accepted(call, arm::begin_operation(call.session, std::move(operation), type));
}

http::Response accepted_by_vaults(const ArmCall& call, const std::string& target,
                                  const std::string& location) {
    Operation operation;
    operation.subscription = call.pieces[1];
    operation.provider = "Microsoft.KeyVault";
    operation.location = location;
    operation.target = target;
    return accepted(call,
                    arm::begin_operation(call.session, std::move(operation), "Microsoft.KeyVault/vaults"));
}

Json with_unfinished_state(const ArmCall& call, const arm::ResourceId& id, Json body) {
    if (slow_type(id.type()) == nullptr) return body;
    if (const std::optional<std::string> state = arm::unfinished_state(call.session, id.text()))
        body["properties"]["provisioningState"] = *state;
    return body;
}

std::optional<http::Response> serve_operations(const ArmCall& call) {
    if (call.word(0) != "subscriptions") return {};
    const bool is_managers = call.word(2) == "operationresults" && call.pieces.size() == 4;
    const bool is_providers = call.word(2) == "providers" && call.word(4) == "locations" &&
                              call.pieces.size() == 8 &&
                              (call.word(6) == "operations" || call.word(6) == "operationresults");
    if (!is_managers && !is_providers) return {};
    if (call.request.method != "GET") refuse_method(call);
    const Operation operation =
        arm::require_operation(call.session, call.pieces[1], call.pieces[is_managers ? 3 : 7]);
    const bool is_here = is_managers ? operation.provider.empty()
                                     : iequals(operation.provider, call.pieces[3]) &&
                                           iequals(operation.location, call.pieces[5]);
    if (!is_here)
        throw Error(fault::not_found, fmt::format("The operation '{}' could not be found.", operation.id));
    const bool wants_result = is_managers || call.word(6) == "operationresults" ||
                              iequals(http::query_value(call.request, "monitor").value_or(""), "true");
    return wants_result ? result(call, operation) : status(call, operation);
}

}  // namespace azid::front_door
