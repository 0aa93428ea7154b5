// Deployments at the front door, of a resource group and of a subscription.
#include "core/arm/deployment.hpp"
#include "core/arm/deployment_record.hpp"
#include "core/arm/operations.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/front_door/arm_call.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::front_door {

namespace {

// Where the deployments begin in the path; empty when it is no path of theirs.
std::optional<std::size_t> deployments_at(const ArmCall& call) {
    if (call.word(0) != "subscriptions") return {};
    const std::size_t at = call.word(2) == "resourcegroups" ? 4 : 2;
    const bool is_theirs = call.word(at) == "providers" && call.word(at + 1) == "microsoft.resources" &&
                           call.word(at + 2) == "deployments";
    if (!is_theirs) return {};
    return at + 3;
}

constexpr std::string_view deployment_type = "Microsoft.Resources/deployments";

// Everything is done when the answer goes out, but clients are told to ask how it ended, as with ARM.
http::Response accepted(const ArmCall& call, const arm::DeploymentPlace& place, const arm::Deployment& made) {
    Json body = arm::wire(made);
    Json& properties = body["properties"];
    properties["provisioningState"] = "Accepted";
    for (const char* later : {"outputs", "outputResources", "error"}) properties.erase(later);
    arm::Operation operation;
    operation.subscription = place.subscription;
    operation.target = place.id();
    operation.state = "Running";
    operation = arm::begin_operation(call.session, std::move(operation), deployment_type);
    http::Response response = json_answer(201, body);
    response.headers["Azure-AsyncOperation"] =
        link_to(call, fmt::format("{}/operationStatuses/{}", place.id(), operation.id), {});
    response.headers["Retry-After"] = std::to_string(arm::seconds_to_wait(call.session, operation));
    return response;
}

// The deployment as it stands: one whose time is not over has no end to show yet.
Json shown(const ArmCall& call, const arm::DeploymentPlace& place) {
    Json body = arm::get_deployment(call.session, place);
    const std::optional<std::string> state = arm::unfinished_state(call.session, place.id());
    if (!state) return body;
    body["properties"]["provisioningState"] = *state;
    for (const char* later : {"outputs", "outputResources", "error"}) body["properties"].erase(later);
    return body;
}

http::Response status_of(const ArmCall& call, const arm::DeploymentPlace& place, const std::string& id) {
    const Json body = shown(call, place);
    const arm::Operation operation = arm::require_operation(call.session, place.subscription, id);
    if (!iequals(operation.target, place.id()))
        throw Error(fault::not_found, fmt::format("The operation '{}' could not be found.", id));
    const Json& properties = body["properties"];
    Json status = {{"status", properties.value("provisioningState", "Succeeded")}};
    if (properties.contains("error")) status["error"] = properties["error"];
    http::Response response = json_answer(200, status);
    // Without it clients wait half a minute before they ask again.
    if (!arm::is_over(call.session, operation))
        response.headers["Retry-After"] = std::to_string(arm::seconds_to_wait(call.session, operation));
    return response;
}

http::Response serve_one(const ArmCall& call, const arm::DeploymentPlace& place) {
    const std::string& method = call.request.method;
    if (method == "PUT")
        return accepted(call, place, arm::put_deployment(call.session, place, call.request.body));
    if (method == "GET") return json_answer(200, shown(call, place));
    if (method == "HEAD") {
        arm::get_deployment(call.session, place);
        return empty_answer(204);
    }
    if (method == "DELETE") {
        if (!arm::delete_deployment(call.session, place)) return empty_answer(204);
        return accepted_by_manager(call, place.id(), deployment_type, nullptr, 204);
    }
    refuse_method(call);
}

http::Response serve_below(const ArmCall& call, const arm::DeploymentPlace& place, std::size_t at) {
    const std::string what = call.word(at);
    const bool is_whole = call.pieces.size() == at + 1;
    if (call.request.method == "POST" && is_whole) {
        if (what == "validate")
            return json_answer(200, arm::validate_deployment(call.session, place, call.request.body));
        if (what == "whatif")
            return accepted_by_manager(call, place.id() + "/whatIf", deployment_type,
                                       arm::what_if(call.session, place, call.request.body), 200);
        if (what == "exporttemplate") return json_answer(200, arm::export_template(call.session, place));
        if (what == "cancel") {
            arm::cancel_deployment(call.session, place);
            return empty_answer(204);
        }
    }
    if (call.request.method != "GET") refuse_method(call);
    if (what == "operations" && is_whole)
        return list_answer(call, arm::list_deployment_operations(call.session, place));
    if (what == "operations" && call.pieces.size() == at + 2)
        return json_answer(200, arm::get_deployment_operation(call.session, place, call.pieces[at + 1]));
    if (what == "operationstatuses" && call.pieces.size() == at + 2)
        return status_of(call, place, call.pieces[at + 1]);
    throw Error(fault::not_found, fmt::format("No HTTP resource was found that matches the request URI '{}'.",
                                              call.request.path));
}

}  // namespace

std::optional<http::Response> serve_deployments(const ArmCall& call) {
    const std::optional<std::size_t> at = deployments_at(call);
    if (!at) return {};
    arm::DeploymentPlace place{call.pieces[1], *at == 7 ? call.pieces[3] : "", ""};
    if (call.pieces.size() == *at) {
        if (call.request.method != "GET") refuse_method(call);
        const std::string filter = http::query_value(call.request, "$filter").value_or("");
        return json_answer(200, {{"value", arm::list_deployments(call.session, place, filter)}});
    }
    place.name = call.pieces[*at];
    if (call.pieces.size() == *at + 1) return serve_one(call, place);
    return serve_below(call, place, *at + 1);
}

}  // namespace azid::front_door
