#include "core/arm/deployment.hpp"

#include "core/arm/deployment_record.hpp"
#include "core/arm/deployment_request.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resource_id.hpp"
#include "core/arm/resources.hpp"
#include "core/arm/templates/program.hpp"
#include "core/base/fault.hpp"
#include "core/base/odata.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::arm {

namespace {

void authorise(Session& session, const DeploymentPlace& place, std::string_view verb) {
    rbac::authorise(session, "Microsoft.Resources/deployments/" + std::string(verb),
                    place.name.empty() ? place.scope() : place.id());
    if (place.group.empty())
        require_subscription(session, place.subscription);
    else
        require_group(session, place.subscription, place.group);
}

Deployment require_deployment(Session& session, const DeploymentPlace& place) {
    const std::optional<Deployment> found =
        session.arm.find_deployment(place.subscription, place.group, place.name);
    if (!found)
        throw Error(fault::deployment_not_found,
                    fmt::format("Deployment '{}' could not be found.", place.name));
    return *found;
}

void set_location_and_tags(Deployment& deployment, const templates::Request& request) {
    Json properties = Json::parse(deployment.properties);
    if (!request.location.empty()) properties["location"] = request.location;
    if (!request.tags.empty()) properties["tags"] = Json::parse(request.tags);
    deployment.properties = compact(properties);
}

}  // namespace

Deployment put_deployment(Session& session, const DeploymentPlace& place, std::string_view body) {
    authorise(session, place, "write");
    const templates::Request request = templates::read_request(session, place, body);
    templates::Program program = templates::program_of(session, place, request);
    templates::check(program);
    session.note("arm", "deployment accepted", place.id());
    templates::Outcome outcome = templates::run(program);
    if (request.is_complete && outcome.error.empty()) templates::delete_others(program, outcome);
    Deployment deployment = record_of(program, outcome, request.is_complete ? "Complete" : "Incremental");
    set_location_and_tags(deployment, request);
    session.arm.save(deployment);
    session.note("arm", outcome.error.empty() ? "deployment succeeded" : "deployment failed", place.id());
    return deployment;
}

bool has_failed(const Deployment& deployment) {
    return text_at(Json::parse(deployment.properties), "provisioningState") == "Failed";
}

Error failure_of(const Deployment& deployment) {
    const Json stored = Json::parse(deployment.properties);
    Fault shown = fault::deployment_failed;
    shown.surface = Surface::client;
    return {shown, compact(Json{{"status", "Failed"}, {"error", stored.value("error", Json::object())}})};
}

Json validate_deployment(Session& session, const DeploymentPlace& place, std::string_view body) {
    authorise(session, place, "validate/action");
    const templates::Request request = templates::read_request(session, place, body);
    const templates::Program program = templates::program_of(session, place, request);
    templates::check(program);
    Json properties = planned_properties(program, request.is_complete ? "Complete" : "Incremental");
    properties["validatedResources"] = Json::array();
    for (const templates::Item& item : program.items)
        if (item.wanted && !item.existing) properties["validatedResources"].push_back({{"id", item.id}});
    Json answer = {{"id", place.id()}, {"name", place.name}, {"type", "Microsoft.Resources/deployments"}};
    if (!request.location.empty()) answer["location"] = request.location;
    answer["properties"] = std::move(properties);
    return answer;
}

Json get_deployment(Session& session, const DeploymentPlace& place) {
    authorise(session, place, "read");
    return wire(require_deployment(session, place));
}

std::vector<Json> list_deployments(Session& session, const DeploymentPlace& place, std::string_view filter) {
    const DeploymentPlace all{place.subscription, place.group, ""};
    authorise(session, all, "read");
    const std::optional<ODataFilter> wanted = ODataFilter::parse(filter);
    if (!filter.empty() && !wanted)
        throw Error(fault::bad_request, fmt::format("The filter '{}' is not supported.", filter));
    std::vector<Json> found;
    for (const Deployment& deployment : session.arm.deployments(place.subscription, place.group)) {
        Json body = wire(deployment);
        // The filter speaks of the state as if it stood outside of the properties.
        Json lent = body;
        lent["provisioningState"] = text_at(body["properties"], "provisioningState");
        if (filter.empty() || wanted->matches(lent)) found.push_back(std::move(body));
    }
    return found;
}

bool delete_deployment(Session& session, const DeploymentPlace& place) {
    authorise(session, place, "delete");
    return session.arm.erase_deployment(place.subscription, place.group, place.name);
}

void cancel_deployment(Session& session, const DeploymentPlace& place) {
    authorise(session, place, "cancel/action");
    const Deployment deployment = require_deployment(session, place);
    throw Error(
        fault::deployment_cannot_be_cancelled,
        fmt::format("The deployment '{}' cannot be cancelled because it is in the provisioning state '{}'.",
                    deployment.name, text_at(Json::parse(deployment.properties), "provisioningState")));
}

Json export_template(Session& session, const DeploymentPlace& place) {
    authorise(session, place, "exportTemplate/action");
    const Json stored = Json::parse(require_deployment(session, place).properties);
    return {{"template", stored.value("template", Json::object())}};
}

std::vector<Json> list_deployment_operations(Session& session, const DeploymentPlace& place) {
    authorise(session, place, "operations/read");
    return operations_of(require_deployment(session, place));
}

Json get_deployment_operation(Session& session, const DeploymentPlace& place, std::string_view id) {
    for (Json& operation : list_deployment_operations(session, place))
        if (iequals(text_at(operation, "operationId"), id)) return std::move(operation);
    throw Error(fault::deployment_operation_not_found,
                fmt::format("Deployment operation '{}' could not be found.", id));
}

Json deployment_error_body(const Error& error) { return {{"error", templates::error_json(error)}}; }

}  // namespace azid::arm
